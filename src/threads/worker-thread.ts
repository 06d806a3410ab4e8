import { Worker } from 'node:worker_threads';
import { FihristError } from '../domain/errors.js';
import { type CallMessage, fromErrorMessage, type ReplyMessage } from './call-protocol.js';

interface PendingCall {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

export type OnStopped = (error: FihristError) => void;

export interface WorkerThreadOptions {
  /** Names the thread in messages: "embedding". */
  readonly name: string;
  /** The compiled worker entry; it calls `serveCalls`. */
  readonly file: URL;
  /** Reaches the entry as `workerData`. */
  readonly data: unknown;
  /** Told once when the thread ends though nobody closed it: every call fails from now on. */
  readonly onStopped?: OnStopped;
}

/**
 * A thread that answers calls. Calls are answered in whatever order the thread chooses.
 * When the thread dies, every waiting and later call fails with WORKER_STOPPED and the reason.
 */
export class WorkerThread {
  readonly #worker: Worker;
  readonly #name: string;
  readonly #onStopped: OnStopped | undefined;
  readonly #pending = new Map<number, PendingCall>();
  #nextId = 1;
  #stopped: FihristError | null = null;

  constructor(options: WorkerThreadOptions) {
    this.#name = options.name;
    this.#onStopped = options.onStopped;
    this.#worker = new Worker(options.file, {
      workerData: options.data,
      name: options.name,
    });
    this.#worker.on('message', (reply: ReplyMessage) => this.#settle(reply));
    this.#worker.on('messageerror', (error) => this.#fail(`sent what cannot be read: ${error.message}`));
    this.#worker.on('error', (error) => this.#fail(`failed: ${error.message}`));
    this.#worker.on('exit', (code) => this.#fail(`ended with code ${code}`));
  }

  /**
   * @param argument  One structured-cloneable value; `transfer` moves its buffers instead of copying them.
   * @throws what the thread's method threw (FihristErrors keep their code); WORKER_STOPPED (operator)
   */
  call<Result>(method: string, argument?: unknown, transfer: readonly ArrayBuffer[] = []): Promise<Result> {
    if (this.#stopped !== null) return Promise.reject(this.#stopped);
    const id = this.#nextId++;
    return new Promise<Result>((resolve, reject) => {
      this.#pending.set(id, { resolve: resolve as (value: unknown) => void, reject });
      const message: CallMessage = { id, method, argument };
      this.#worker.postMessage(message, [...transfer]);
    });
  }

  /** Ends the thread at once. Calls still waiting fail with WORKER_STOPPED. */
  async terminate(): Promise<void> {
    this.#stop('was closed');
    await this.#worker.terminate();
  }

  #settle(reply: ReplyMessage): void {
    const call = this.#pending.get(reply.id);
    if (call === undefined) return;
    this.#pending.delete(reply.id);
    if (reply.ok) call.resolve(reply.value);
    else call.reject(fromErrorMessage(reply.error));
  }

  #fail(reason: string): void {
    if (this.#stopped !== null) return;
    this.#onStopped?.(this.#stop(reason));
  }

  #stop(reason: string): FihristError {
    if (this.#stopped !== null) return this.#stopped;
    const stopped = new FihristError('WORKER_STOPPED', `The ${this.#name} thread ${reason}.`, {
      details: { thread: this.#name, reason },
    });
    this.#stopped = stopped;
    for (const call of this.#pending.values()) call.reject(stopped);
    this.#pending.clear();
    return stopped;
  }
}
