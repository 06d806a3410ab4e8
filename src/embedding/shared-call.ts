/** A call that several callers wait for. Each may leave when it likes; the call is stopped when the last one has left. */
export class SharedCall<Result> {
  readonly #stop = new AbortController();
  readonly #result: Promise<Result>;
  #waiting = 0;
  #hasEnded = false;

  /**
   * @param call  Begins at once. Its signal fires when nobody waits any more.
   * @param onEnded  Told before those who wait, and never before this constructor has returned.
   */
  constructor(call: (signal: AbortSignal) => Promise<Result>, onEnded: () => void) {
    const begin = async () => call(this.#stop.signal);
    this.#result = begin().finally(() => {
      this.#hasEnded = true;
      onEnded();
    });
    this.#result.catch(() => {}); // heard of by those who wait
  }

  /** Whether it was stopped: whoever comes now has to make a call of its own. */
  get isStopped(): boolean {
    return this.#stop.signal.aborted;
  }

  /** @throws what the call throws; the reason of `signal` when that fires first */
  async wait(signal?: AbortSignal): Promise<Result> {
    this.#waiting += 1;
    try {
      return await (signal === undefined ? this.#result : unlessAborted(this.#result, signal));
    } finally {
      this.#waiting -= 1;
      if (this.#waiting === 0 && !this.#hasEnded) this.#stop.abort();
    }
  }
}

function unlessAborted<Result>(result: Promise<Result>, signal: AbortSignal): Promise<Result> {
  return new Promise((resolve, reject) => {
    const leave = () => reject(signal.reason);
    if (signal.aborted) leave();
    signal.addEventListener('abort', leave, { once: true });
    result.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
  });
}
