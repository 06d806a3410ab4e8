import type { TextRole } from '../domain/embedding.js';

/** A list of texts that is embedded together, one text at a time. */
export interface EmbeddingJob<Text> {
  readonly id: number;
  readonly role: TextRole;
  readonly texts: readonly Text[];
}

interface RunningJob<Text, Result> {
  readonly job: EmbeddingJob<Text>;
  /** One for each text that is embedded, in order. */
  readonly results: Result[];
  readonly resolve: (results: Result[]) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Decides which text is embedded next: a query before any passage, queries first come, first served, and of passages
 * one of each job in turn, so that a short article does not wait for all of a book.
 * Between two texts the thread looks at its messages, so a query waits for one passage at the most.
 */
export class EmbeddingQueue<Text, Result> {
  readonly #embed: (text: Text, role: TextRole) => Promise<Result>;
  readonly #queries: Array<RunningJob<Text, Result>> = [];
  readonly #passages: Array<RunningJob<Text, Result>> = [];
  #working = false;

  constructor(embed: (text: Text, role: TextRole) => Promise<Result>) {
    this.#embed = embed;
  }

  /** @returns One result a text. Rejects with the first error, or with `reason` when it is cancelled. */
  run(job: EmbeddingJob<Text>): Promise<Result[]> {
    if (job.texts.length === 0) return Promise.resolve([]);
    return new Promise((resolve, reject) => {
      const list = job.role === 'query' ? this.#queries : this.#passages;
      list.push({ job, results: [], resolve, reject });
      if (!this.#working) void this.#work();
    });
  }

  /** Drops what is left of a job. Unknown and finished jobs are ignored. */
  cancel(id: number, reason: Error): void {
    for (const list of [this.#queries, this.#passages]) {
      const at = list.findIndex((running) => running.job.id === id);
      if (at >= 0) for (const running of list.splice(at, 1)) running.reject(reason);
    }
  }

  async #work(): Promise<void> {
    this.#working = true;
    for (;;) {
      const list = this.#queries.length > 0 ? this.#queries : this.#passages;
      const running = list[0];
      if (running === undefined) break;
      await this.#step(running, list);
      if (this.#queries.length > 0 || this.#passages.length > 0) await new Promise(setImmediate);
    }
    this.#working = false;
  }

  async #step(running: RunningJob<Text, Result>, list: Array<RunningJob<Text, Result>>): Promise<void> {
    const { job, results } = running;
    /** @returns Whether it was there: it is not when it was cancelled meanwhile. */
    const takeOut = () => {
      const at = list.indexOf(running);
      if (at >= 0) list.splice(at, 1);
      return at >= 0;
    };
    try {
      results.push(await this.#embed(job.texts[results.length] as Text, job.role));
      if (results.length === job.texts.length) {
        takeOut();
        running.resolve(results);
      } else if (job.role === 'passage' && takeOut()) {
        list.push(running);
      }
    } catch (error) {
      takeOut();
      running.reject(error);
    }
  }
}
