import { FihristError } from './fihrist-error.js';

/** A timer waits no longer than this. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** What a call ends at: the signal of its caller, or the end of its time, whichever comes first. */
export class TimeLimit {
  readonly #controller = new AbortController();
  readonly #outer: AbortSignal | undefined;
  readonly #timeoutMs: number;
  readonly #requestId: string | null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #endsAt = Number.POSITIVE_INFINITY;

  /** @param options.timeoutMs  From now, or from the last `restart`. Infinity: no limit. */
  constructor(options: {
    readonly signal?: AbortSignal | undefined;
    readonly timeoutMs: number;
    readonly requestId: string | null;
  }) {
    this.#outer = options.signal;
    this.#timeoutMs = options.timeoutMs;
    this.#requestId = options.requestId;
    if (this.#outer?.aborted === true) this.#onAbort();
    else this.#outer?.addEventListener('abort', this.#onAbort);
    this.restart();
  }

  /** Aborted with the reason of the caller's signal, or with TIMED_OUT. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Milliseconds that are left. */
  get leftMs(): number {
    return this.#endsAt - performance.now();
  }

  /** Gives the whole time again: for what may take long, as long as something comes. */
  restart(): void {
    this.pause();
    if (this.#timeoutMs > LONGEST_TIMER_MS || this.signal.aborted) return;
    this.#endsAt = performance.now() + this.#timeoutMs;
    this.#timer = setTimeout(() => this.#controller.abort(this.#timedOut()), this.#timeoutMs);
  }

  /** Stops the clock until the next `restart`: it is the caller who is waited for. */
  pause(): void {
    clearTimeout(this.#timer);
    this.#endsAt = Number.POSITIVE_INFINITY;
  }

  /** The call is over. What is still under way of it is stopped. */
  end(): void {
    this.pause();
    this.#outer?.removeEventListener('abort', this.#onAbort);
    this.#controller.abort();
  }

  readonly #onAbort = () => this.#controller.abort(this.#outer?.reason);

  #timedOut(): FihristError {
    return new FihristError('TIMED_OUT', `No reply within ${this.#timeoutMs} ms.`, {
      details: { limit: this.#timeoutMs },
      requestId: this.#requestId,
    });
  }
}

/**
 * What becomes of a promise, or the end of the limit, if that comes first.
 * @throws the reason of `signal`
 */
export function untilAborted<Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    const over = () => signal.removeEventListener('abort', stop);
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop);
    promise.then(resolve, reject).finally(over);
  });
}

/** @throws the reason of `signal` */
export function wait(ms: number, signal: AbortSignal): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const waited = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  return untilAborted(waited, signal).finally(() => clearTimeout(timer));
}
