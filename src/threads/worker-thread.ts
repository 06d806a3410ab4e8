import { Worker } from 'node:worker_threads';
import { FihristError } from '../domain/errors.js';
import { openFilesRemedy } from '../domain/open-files.js';
import { type CallMessage, fromErrorMessage, PING, type ReplyMessage } from './call-protocol.js';
import { noteHungThread } from './hung-threads.js';
import { PendingCalls } from './pending-calls.js';
import { SilenceWatch } from './silence-watch.js';

interface PendingCall {
  readonly method: string;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
  /** How long it has been waited for. */
  waitedMs: number;
}

/** A thread of which is told, and what it does not answer; null when it answers again. */
export interface ThreadSilence {
  readonly thread: string;
  readonly message: string | null;
}

/** What the owner of threads may want to know of them. */
export interface ThreadWatchOptions {
  /** Told once when the thread ends though nobody closed it, or is given up: every call fails from now on. */
  readonly onStopped?: (error: FihristError) => void;
  /** Told when the thread has long been silent, and when it is not any more. */
  readonly onSilent?: (silence: ThreadSilence) => void;
  /** A thread that does not answer for so long is given up. Default: 300,000. */
  readonly silenceLimitMs?: number;
}

export interface WorkerThreadOptions extends ThreadWatchOptions {
  /** Names the thread in messages: "embedding". */
  readonly name: string;
  /** The compiled worker entry; it calls `serveCalls`. */
  readonly file: URL;
  /** Reaches the entry as `workerData`. */
  readonly data: unknown;
  /** Methods that may keep the thread busy for any time, such as a migration. */
  readonly patientWith?: readonly string[];
  /** Memory for what lives a moment only: less is collected more often. Default: V8's, 48 MB on most machines. */
  readonly youngMemoryMb?: number;
  /** Methods whose work goes on beside the thread, where its silence tells nothing: given up after so long. */
  readonly limitsMs?: Readonly<Record<string, number>>;
}

export const DEFAULT_SILENCE_LIMIT_MS = 300_000;

/**
 * A thread that answers calls. Calls are answered in whatever order the thread chooses.
 * When the thread dies or hangs, every waiting and later call fails with WORKER_STOPPED and the reason. A thread that
 * hangs in native code cannot be ended: see hung-threads.ts.
 */
export class WorkerThread {
  readonly #worker: Worker;
  readonly #options: WorkerThreadOptions;
  readonly #watch: SilenceWatch;
  readonly #pending = new PendingCalls<PendingCall>();
  #stopped: FihristError | null = null;
  #isHung = false;

  constructor(options: WorkerThreadOptions) {
    this.#options = options;
    this.#worker = new Worker(options.file, {
      workerData: options.data,
      name: options.name,
      ...(options.youngMemoryMb === undefined
        ? {}
        : { resourceLimits: { maxYoungGenerationSizeMb: options.youngMemoryMb } }),
    });
    this.#watch = new SilenceWatch({
      limitMs: options.silenceLimitMs ?? DEFAULT_SILENCE_LIMIT_MS,
      ask: () => this.#post({ id: 0, method: PING, argument: null }),
      onSilent: (silentMs) => this.#tell(`The ${options.name} thread ${this.#describeSilence(silentMs)}.`),
      onHeard: () => this.#tell(null),
      onGivenUp: (silentMs) => this.#giveUp(this.#describeSilence(silentMs)),
      onTick: (tickMs) => this.#tick(tickMs),
    });
    this.#worker.on('message', (reply: ReplyMessage) => this.#settle(reply));
    this.#worker.on('messageerror', (error) => this.#fail(`sent what cannot be read: ${error.message}`));
    this.#worker.on('error', (error) => this.#fail(`failed: ${describe(error)}`));
    this.#worker.on('exit', (code) => this.#fail(`ended with code ${code}`));
  }

  /**
   * @param argument  One structured-cloneable value; `transfer` moves its buffers instead of copying them.
   * @throws what the thread's method threw (FihristErrors keep their code); WORKER_STOPPED (operator)
   */
  call<Result>(method: string, argument?: unknown, transfer: readonly ArrayBuffer[] = []): Promise<Result> {
    if (this.#stopped !== null) return Promise.reject(this.#stopped);
    return new Promise<Result>((resolve, reject) => {
      const id = this.#pending.add({
        method,
        resolve: resolve as (value: unknown) => void,
        reject,
        waitedMs: 0,
      });
      this.#post({ id, method, argument }, transfer);
      this.#watchOrNot();
    });
  }

  /** Ends the thread at once. Calls still waiting fail with WORKER_STOPPED. */
  async terminate(): Promise<void> {
    this.#stop('was closed');
    const ended = this.#worker.terminate();
    if (!this.#isHung) await ended;
  }

  #post(message: CallMessage, transfer: readonly ArrayBuffer[] = []): void {
    this.#worker.postMessage(message, [...transfer]);
  }

  #settle(reply: ReplyMessage): void {
    this.#watch.heard();
    const call = this.#pending.take(reply.id);
    if (call === undefined) return;
    this.#watchOrNot();
    if (reply.ok) call.resolve(reply.value);
    else call.reject(fromErrorMessage(reply.error));
  }

  /** While nothing is asked of the thread, or something for which it may take its time, its silence means nothing. */
  #watchOrNot(): void {
    const { patientWith = [] } = this.#options;
    const isPatient = [...this.#pending].some(({ method }) => patientWith.includes(method));
    if (this.#pending.size > 0 && !isPatient) this.#watch.start();
    else this.#watch.stop();
  }

  #tick(tickMs: number): void {
    const { limitsMs = {} } = this.#options;
    for (const call of this.#pending) {
      call.waitedMs += tickMs;
      if (call.waitedMs < (limitsMs[call.method] ?? Number.POSITIVE_INFINITY)) continue;
      this.#giveUp(`has not come to an end with ${call.method} for ${seconds(call.waitedMs)}`);
      return;
    }
  }

  #describeSilence(silentMs: number): string {
    const methods = new Set([...this.#pending].map(({ method }) => method));
    return `has not answered for ${seconds(silentMs)}, asked for ${[...methods].join(', ')}`;
  }

  #tell(message: string | null): void {
    this.#options.onSilent?.({ thread: this.#options.name, message });
  }

  /** The thread may never end: nobody waits for it any more. */
  #giveUp(reason: string): void {
    if (this.#stopped !== null) return;
    this.#isHung = true;
    noteHungThread();
    this.#worker.unref();
    this.#fail(`${reason}; it is given up`);
  }

  #fail(reason: string): void {
    if (this.#stopped !== null) return;
    this.#options.onStopped?.(this.#stop(reason));
  }

  #stop(reason: string): FihristError {
    if (this.#stopped !== null) return this.#stopped;
    const { name } = this.#options;
    const stopped = new FihristError('WORKER_STOPPED', `The ${name} thread ${reason}.`, {
      details: { thread: name, reason },
    });
    this.#stopped = stopped;
    for (const call of this.#pending.takeAll()) call.reject(stopped);
    this.#watch.stop();
    return stopped;
  }
}

function describe(error: Error): string {
  const remedy = openFilesRemedy(error);
  return remedy === null ? error.message : `${error.message}: ${remedy}`;
}

function seconds(ms: number): string {
  return `${Math.round(ms / 1_000)} s`;
}
