import type { Backups } from './backup/backups.js';
import type { Archive } from './compose.js';
import type { OpeningPhase } from './compose-model.js';
import { FihristError } from './domain/errors.js';
import {
  READINESS_WARNINGS,
  type Readiness,
  type ReadinessReason,
  type ReadinessWarning,
} from './http/readiness.js';
import type { IngestProgress } from './ingest/ingest-report.js';
import type { MemoryLevel } from './memory/memory-watch.js';
import { MOST_WAITING_TASKS } from './tasks/task-book.js';
import type { TaskQueue } from './tasks/task-queue.js';
import type { TaskView } from './tasks/task-view.js';
import type { ServiceFigures } from './telemetry/service-figures.js';
import type { ThreadSilence } from './threads/worker-thread.js';

const OPENING: Readonly<Record<OpeningPhase, ReadinessReason>> = {
  edition: {
    code: 'MODEL_CHANGED',
    message: 'the model was changed: its edition of the archive is brought up to what was written since',
  },
  store: { code: 'STARTING', message: 'the database is being opened' },
  model: { code: 'MODEL_LOADING', message: 'the model is being loaded' },
  index: { code: 'INDEX_OPENING', message: 'the index is being opened and brought up to the database' },
};

const INDEXING: ReadinessReason = { code: 'INDEXING', message: 'the articles are being indexed' };

const REEMBEDDING: ReadinessReason = {
  code: 'MODEL_CHANGED',
  message: 'the model was changed: the articles are being embedded again',
};

/** Name of the thread without which searches are answered all the same. */
const WRITING_THREAD = 'storage';

/** Where a service has come to, as /readyz tells it, and whether its archive can be asked. */
export class ServiceState {
  #phase: OpeningPhase = 'store';
  #archive: Archive | null = null;
  #tasks: TaskQueue | null = null;
  #backups: Backups | null = null;
  #progress: IngestProgress | null = null;
  #isComplete = false;
  #stopped: FihristError | null = null;
  #failedWrite: ReadinessWarning | null = null;
  #memory: { readonly level: MemoryLevel; readonly message: string } = { level: 'ample', message: '' };
  /** By thread, what is told of those that do not answer. */
  readonly #silent = new Map<string, string>();

  opening(phase: OpeningPhase): void {
    this.#phase = phase;
  }

  opened(archive: Archive): void {
    this.#archive = archive;
  }

  tasksOpened(tasks: TaskQueue): void {
    this.#tasks = tasks;
  }

  backupsOpened(backups: Backups): void {
    this.#backups = backups;
  }

  indexing(progress: IngestProgress): void {
    this.#progress = progress;
  }

  complete(): void {
    this.#isComplete = true;
    this.#progress = null;
  }

  /** A part without which nothing works has died. */
  stopped(error: FihristError): void {
    this.#stopped = error;
  }

  /** A thread has not answered for long, or answers again. */
  silence({ thread, message }: ThreadSilence): void {
    if (message === null) this.#silent.delete(thread);
    else this.#silent.set(thread, message);
  }

  /** How near the memory of the process is to its ceiling. @param message  For people. */
  memoryIs(level: MemoryLevel, message: string): void {
    this.#memory = { level, message };
  }

  /** @param error  Of the last write; null when it went well. What is not about the store changes nothing. */
  wrote(error: FihristError | null): void {
    this.#failedWrite = error === null ? null : (toWarning(error) ?? this.#failedWrite);
  }

  /** @throws NOT_READY (operator) */
  archive(): Archive {
    if (this.#archive === null) {
      throw new FihristError('NOT_READY', `The service is starting: ${OPENING[this.#phase].message}.`);
    }
    if (this.#isReembedding(this.#archive)) {
      throw new FihristError('NOT_READY', 'The model was changed: the articles are being embedded again.');
    }
    return this.#archive;
  }

  /** @throws NOT_READY (operator) */
  tasks(): TaskQueue {
    this.archive();
    if (this.#tasks !== null) return this.#tasks;
    throw new FihristError('NOT_READY', 'The service is starting: the tasks are being opened.');
  }

  /** Also while the archive is embedded again. @throws NOT_READY (operator) */
  backups(): Backups {
    if (this.#backups !== null) return this.#backups;
    throw new FihristError('NOT_READY', `The service is starting: ${OPENING[this.#phase].message}.`);
  }

  /** Tasks that are not over, the oldest first; null as long as they are not open. */
  unfinishedTasks(): TaskView[] | null {
    const unfinished = this.#tasks?.list({ limit: MOST_WAITING_TASKS + 1, states: ['queued', 'running'] });
    return unfinished?.reverse() ?? null;
  }

  /** How many of them there are, by state. */
  taskCounts(): ServiceFigures['tasks'] {
    const states = this.unfinishedTasks()?.map(({ state }) => state);
    if (states === undefined) return null;
    const running = states.filter((state) => state === 'running').length;
    return { queued: states.length - running, running };
  }

  /** Null as long as it is not open. */
  openedArchive(): Archive | null {
    return this.#archive;
  }

  readiness(): Readiness {
    const reasons = this.#reasons();
    const progress = this.#progress;
    return {
      ready: reasons.length === 0,
      reasons,
      warnings: this.#warnings(),
      indexing:
        progress === null
          ? null
          : { articlesDone: progress.articlesDone, articlesTotal: progress.articlesTotal },
    };
  }

  #reasons(): ReadinessReason[] {
    if (this.#stopped !== null) return [{ code: 'WORKER_STOPPED', message: this.#stopped.message }];
    if (this.#archive === null) return [OPENING[this.#phase]];
    if (this.#isReembedding(this.#archive)) return [REEMBEDDING];
    const silent = this.#silentThreads((thread) => thread !== WRITING_THREAD);
    return [...silent, ...this.#shortage('full'), ...(this.#isComplete ? [] : [INDEXING])];
  }

  /** While the writing thread hangs, searches are answered. */
  #warnings(): ReadinessWarning[] {
    const silent = this.#silentThreads((thread) => thread === WRITING_THREAD);
    return [
      ...(this.#failedWrite === null ? [] : [this.#failedWrite]),
      ...silent,
      ...this.#shortage('short'),
    ];
  }

  #shortage(level: MemoryLevel) {
    const { level: now, message } = this.#memory;
    return now === level ? [{ code: 'MEMORY_SHORT' as const, message }] : [];
  }

  #silentThreads(isMeant: (thread: string) => boolean) {
    return [...this.#silent]
      .filter(([thread]) => isMeant(thread))
      .map(([, message]) => ({ code: 'WORKER_SILENT' as const, message }));
  }

  #isReembedding({ needsEmbedding }: Archive): boolean {
    return needsEmbedding && !this.#isComplete;
  }
}

function toWarning({ code, message }: FihristError): ReadinessWarning | null {
  const warning = READINESS_WARNINGS.find((one) => one === code);
  return warning === undefined ? null : { code: warning, message };
}
