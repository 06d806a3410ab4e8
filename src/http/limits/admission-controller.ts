/** How much work of one kind may be under way and waiting. */
export interface AdmissionLimits {
  /** Works that run at once: as many as the machine gets something out of. */
  readonly maxRunning: number;
  /** How long a work may have to wait for its turn once there is more to do than can be done. */
  readonly targetWaitMs: number;
  /** How long it may have to wait in a burst, after a time in which there was room. */
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
/** How much faster a burst's extra wait comes back, while places are free, than it is used up: quickly, but not in a moment. */
const RECOVERY = 4;

interface Waiting {
  readonly start: () => void;
}

/**
 * Decides which works run now, which wait, and which are turned away at once, so that those that are let in keep their
 * speed when more is asked than can be done: a queue that never empties helps nobody, it only makes everyone wait.
 *
 * How long a new work would wait is the number of those before it times the mean time from one end to the next, which is
 * the time that a work takes while all places are taken, divided by the places. Beyond `targetWaitMs` it is turned away,
 * unless there has been room lately: a burst after a quiet time may fill the queue to `burstWaitMs`. What was granted so
 * is used up in as much time with all places taken, and comes back while some are free. Source: the idea of CoDel (RFC
 * 8289), that only a queue that stays is a bad one, applied on arrival.
 *
 * Nothing is done by timers; the clock is given, so that it can be simulated.
 */
export class AdmissionController {
  readonly #limits: AdmissionLimits;
  readonly #now: () => number;
  /** An array for the reason that PendingCalls tells. */
  readonly #waiting: Waiting[] = [];
  #running = 0;
  /** What a work takes on average, from its start. */
  #serviceMs: number | null = null;
  /** The same of those that took the last place, or waited for one: the others were in their way. */
  #fullServiceMs: number | null = null;
  /** How much longer than `targetWaitMs` a work may wait, as of `#extraAtMs`. */
  #extraWaitMs: number;
  #extraAtMs: number;

  /** @param now  Milliseconds of a clock that never goes back. Default: `performance.now`. */
  constructor(limits: AdmissionLimits, now: () => number = () => performance.now()) {
    this.#limits = limits;
    this.#now = now;
    this.#extraWaitMs = limits.burstWaitMs - limits.targetWaitMs;
    this.#extraAtMs = now();
  }

  get running(): number {
    return this.#running;
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  /** Whether a work that came now would be turned away. @returns Null when there is room */
  refusal(): AdmissionRefusal | null {
    if (!this.#isFull) return null;
    const expectedWaitMs = (this.#waiting.length + 1) * this.#meanIntervalMs();
    this.#renewExtraWait();
    const allowedWaitMs = this.#limits.targetWaitMs + this.#extraWaitMs;
    // One may always wait: a place that has to wait for the next caller is a place unused.
    if (expectedWaitMs <= allowedWaitMs || this.#waiting.length === 0) return null;
    return { expectedWaitMs, allowedWaitMs };
  }

  /**
   * Takes a place, now or in the order of arrival. Whoever must not be let in is to be asked about by `refusal` before.
   * @param signal  Gives up waiting; the promise rejects with its reason.
   * @returns What must be called, once, when the work has ended.
   */
  async enter(signal: AbortSignal): Promise<() => void> {
    signal.throwIfAborted();
    if (this.#isFull) await this.#wait(signal);
    else {
      this.#renewExtraWait();
      this.#running += 1;
    }
    return this.#started();
  }

  #wait(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const giveUp = () => {
        this.#waiting.splice(this.#waiting.indexOf(waiting), 1);
        reject(signal.reason);
      };
      const waiting: Waiting = {
        start: () => {
          signal.removeEventListener('abort', giveUp);
          resolve();
        },
      };
      this.#waiting.push(waiting);
      signal.addEventListener('abort', giveUp, { once: true });
    });
  }

  #started(): () => void {
    const startedMs = this.#now();
    const wasFull = this.#isFull;
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
    // Its place is handed over, so that nobody who comes now can take it.
    const next = this.#waiting.shift();
    if (next === undefined) {
      this.#renewExtraWait();
      this.#running -= 1;
      return;
    }
    next.start();
  }

  /** One after the other, as long as it was never measured what places gain when all are taken. */
  #meanIntervalMs(): number {
    if (this.#fullServiceMs !== null) return this.#fullServiceMs / this.#limits.maxRunning;
    return this.#serviceMs ?? ASSUMED_SERVICE_MS;
  }

  get #isFull(): boolean {
    return this.#running >= this.#limits.maxRunning;
  }

  /** To be called before places are taken or freed: since the last time they were as they are now. */
  #renewExtraWait(): void {
    const nowMs = this.#now();
    const sinceMs = nowMs - this.#extraAtMs;
    const changeMs = this.#isFull ? -sinceMs : RECOVERY * sinceMs;
    const { targetWaitMs, burstWaitMs } = this.#limits;
    this.#extraWaitMs = Math.min(burstWaitMs - targetWaitMs, Math.max(0, this.#extraWaitMs + changeMs));
    this.#extraAtMs = nowMs;
  }
}

function average(mean: number | null, value: number): number {
  return mean === null ? value : mean + SMOOTHING * (value - mean);
}
