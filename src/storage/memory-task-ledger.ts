import {
  type KeptTask,
  MOST_KEPT_FAILURES,
  type TaskCounts,
  type TaskLedger,
  type TaskResult,
} from './task-ledger.js';

interface TaskUnderWay {
  counts: TaskCounts;
  failures: TaskResult[];
  readonly ahead: Map<number, TaskResult>;
}

/** A ledger that lasts as long as the process. */
export class MemoryTaskLedger implements TaskLedger {
  readonly #tasks = new Map<string, TaskUnderWay>();

  async begin(task: string, counts: TaskCounts): Promise<KeptTask> {
    const kept = this.#tasks.get(task) ?? { counts, failures: [], ahead: new Map() };
    this.#tasks.set(task, kept);
    if (counts.articlesDone > kept.counts.articlesDone) this.#outrun(kept, counts);
    return structuredClone({
      counts: kept.counts,
      failures: kept.failures.map(({ index, failure }) => ({ index, failure: failure ?? '' })),
      ahead: [...kept.ahead.values()].sort((a, b) => a.index - b.index),
    });
  }

  note(result: TaskResult): void {
    const kept = this.#tasks.get(result.task);
    if (kept === undefined || result.index < kept.counts.articlesDone) return;
    if (!kept.ahead.has(result.index)) kept.ahead.set(result.index, { ...result });
    this.#countOn(kept);
  }

  async keep(): Promise<void> {}

  async forgetAllBut(tasks: readonly string[]): Promise<void> {
    for (const task of this.#tasks.keys()) if (!tasks.includes(task)) this.#tasks.delete(task);
  }

  #countOn(kept: TaskUnderWay): void {
    for (;;) {
      const next = kept.ahead.get(kept.counts.articlesDone);
      if (next === undefined) return;
      kept.ahead.delete(next.index);
      const { counts } = kept;
      kept.counts = {
        ...counts,
        articlesDone: counts.articlesDone + 1,
        bytesDone: counts.bytesDone + next.sizeBytes,
        [next.status]: counts[next.status] + 1,
      };
      if (next.failure !== null && kept.counts.failed <= MOST_KEPT_FAILURES) kept.failures.push(next);
    }
  }

  #outrun(kept: TaskUnderWay, counts: TaskCounts): void {
    kept.counts = counts;
    for (const result of kept.ahead.values()) {
      if (result.index >= counts.articlesDone) continue;
      kept.ahead.delete(result.index);
      if (result.failure !== null) kept.failures.push(result);
    }
    this.#countOn(kept);
  }
}
