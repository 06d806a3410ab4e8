/** How much work of one kind may be under way and waiting. */
export interface AdmissionLimits {
  /** Works that run at once: as many as the machine gets something out of. */
  readonly maxRunning: number;
  /** How long a work may have to wait for its turn once there is more to do than can be done. */
  readonly targetWaitMs: number;
  /** How long it may have to wait in a burst: when the queue was empty less than this long ago. */
  readonly burstWaitMs: number;
}

/** Why a work was turned away. */
export interface AdmissionRefusal {
  /** How long it would have had to wait. */
  readonly expectedWaitMs: number;
  /** How long it may have to. */
  readonly allowedWaitMs: number;
}

/** Part of the average that a new measurement makes up: the last twenty count most. */
const SMOOTHING = 0.1;
/** Of one work, until one was measured. */
const ASSUMED_SERVICE_MS = 25;

interface Waiting {
  readonly start: () => void;
}

/**
 * Decides which works run now, which wait, and which are turned away at once, so that those that are let in keep their
 * speed when more is asked than can be done: a queue that never empties helps nobody, it only makes everyone wait.
 *
 * How long a new work would wait is the number of those before it times the mean time from one end to the next, which is
 * the time that a work takes while all places are taken, divided by the places. A burst after a quiet time may fill the queue to `burstWaitMs`; a queue that has not been empty for as
 * long is a standing one, and is let shrink to `targetWaitMs`. Source: the idea of CoDel (RFC 8289), applied on arrival.
 *
 * Nothing is done by timers; the clock is given, so that it can be simulated.
 */
export class AdmissionController {
  readonly #limits: AdmissionLimits;
  readonly #now: () => number;
  readonly #waiting = new Set<Waiting>();
  #running = 0;
  /** What a work takes on average, from its start. */
  #serviceMs: number | null = null;
  /** The same of those that took the last place, or waited for one: the others were in their way. */
  #fullServiceMs: number | null = null;
  /** Since when works have been waiting without a break; null when none is. */
  #queuedSinceMs: number | null = null;

  /** @param now  Milliseconds of a clock that never goes back. Default: `performance.now`. */
  constructor(limits: AdmissionLimits, now: () => number = () => performance.now()) {
    this.#limits = limits;
    this.#now = now;
  }

  get running(): number {
    return this.#running;
  }

  get waiting(): number {
    return this.#waiting.size;
  }

  /** Whether a work that came now would be turned away. Changes nothing. @returns Null when there is room */
  refusal(): AdmissionRefusal | null {
    if (this.#running < this.#limits.maxRunning) return null;
    const expectedWaitMs = (this.#waiting.size + 1) * this.#meanIntervalMs();
    const allowedWaitMs = this.#allowedWaitMs();
    // One may always wait: a place that has to wait for the next caller is a place unused.
    if (expectedWaitMs <= allowedWaitMs || this.#waiting.size === 0) return null;
    return { expectedWaitMs, allowedWaitMs };
  }

  /**
   * Takes a place, now or in the order of arrival. Whoever must not be let in is to be asked about by `refusal` before.
   * @param signal  Gives up waiting; the promise rejects with its reason.
   * @returns What must be called, once, when the work has ended.
   */
  async enter(signal: AbortSignal): Promise<() => void> {
    signal.throwIfAborted();
    if (this.#running >= this.#limits.maxRunning) await this.#wait(signal);
    else this.#running += 1;
    return this.#started();
  }

  #wait(signal: AbortSignal): Promise<void> {
    this.#queuedSinceMs ??= this.#now();
    return new Promise((resolve, reject) => {
      const giveUp = () => {
        this.#waiting.delete(waiting);
        if (this.#waiting.size === 0) this.#queuedSinceMs = null;
        reject(signal.reason);
      };
      const waiting: Waiting = {
        start: () => {
          signal.removeEventListener('abort', giveUp);
          resolve();
        },
      };
      this.#waiting.add(waiting);
      signal.addEventListener('abort', giveUp, { once: true });
    });
  }

  #started(): () => void {
    const startedMs = this.#now();
    const wasFull = this.#running >= this.#limits.maxRunning;
    let ended = false;
    return () => {
      if (ended) return;
      ended = true;
      const serviceMs = this.#now() - startedMs;
      this.#serviceMs = average(this.#serviceMs, serviceMs);
      if (wasFull) this.#fullServiceMs = average(this.#fullServiceMs, serviceMs);
      this.#freePlace();
    };
  }

  #freePlace(): void {
    const [next] = this.#waiting;
    if (next === undefined) {
      this.#running -= 1;
      return;
    }
    // Its place is handed over, so that nobody who comes now can take it.
    this.#waiting.delete(next);
    if (this.#waiting.size === 0) this.#queuedSinceMs = null;
    next.start();
  }

  /** One after the other, as long as it was never measured what places gain when all are taken. */
  #meanIntervalMs(): number {
    if (this.#fullServiceMs !== null) return this.#fullServiceMs / this.#limits.maxRunning;
    return this.#serviceMs ?? ASSUMED_SERVICE_MS;
  }

  #allowedWaitMs(): number {
    const { targetWaitMs, burstWaitMs } = this.#limits;
    const isStanding = this.#queuedSinceMs !== null && this.#now() - this.#queuedSinceMs >= burstWaitMs;
    return isStanding ? targetWaitMs : burstWaitMs;
  }
}

function average(mean: number | null, value: number): number {
  return mean === null ? value : mean + SMOOTHING * (value - mean);
}
