/** Part of the average that a new measurement makes up. */
const SMOOTHING = 0.1;
/** Of one work, until one was measured. */
const ASSUMED_WORK_MS = 5_000;

export interface FixedPlacesOptions {
  /** Works that run at once. */
  readonly places: number;
  /** Where that number comes from, for messages. */
  readonly setting: string;
}

/**
 * A number of places for works that take long and wait for somebody else: nobody waits for a place, since that would only
 * be another queue before the one that is there already.
 */
export class FixedPlaces {
  readonly places: number;
  readonly setting: string;
  readonly #now: () => number;
  #running = 0;
  #workMs: number | null = null;

  /** @param now  Milliseconds of a clock that never goes back. Default: `performance.now`. */
  constructor({ places, setting }: FixedPlacesOptions, now: () => number = () => performance.now()) {
    this.places = places;
    this.setting = setting;
    this.#now = now;
  }

  get isFull(): boolean {
    return this.#running >= this.places;
  }

  /** How long it takes on average from one end of a work to the next, while all places are taken. */
  get meanIntervalMs(): number {
    return (this.#workMs ?? ASSUMED_WORK_MS) / this.places;
  }

  /** Takes a place; whether there is one is to be asked before. @returns What must be called when the work has ended. */
  enter(): () => void {
    this.#running += 1;
    const startedMs = this.#now();
    let ended = false;
    return () => {
      if (ended) return;
      ended = true;
      this.#running -= 1;
      const workMs = this.#now() - startedMs;
      this.#workMs = this.#workMs === null ? workMs : this.#workMs + SMOOTHING * (workMs - this.#workMs);
    };
  }
}
