/** How long one search took, in milliseconds, and when it ended, in milliseconds since 1970. */
export interface SearchTiming {
  readonly endedAtMs: number;
  readonly durationMs: number;
}

const MINUTE_MS = 60_000;

/** The searches of the last while, for the page about the state of the service. Holds no question. */
export class RecentSearches {
  readonly #kept: number;
  readonly #minutes: number;
  #timings: SearchTiming[] = [];
  /** Searches by minute since 1970; minutes that are over the edge are dropped. */
  readonly #byMinute = new Map<number, number>();

  /** @param kept  Timings that are kept. @param minutes  That are counted. */
  constructor(kept = 120, minutes = 30) {
    this.#kept = kept;
    this.#minutes = minutes;
  }

  get minutes(): number {
    return this.#minutes;
  }

  /** Makes a search and keeps how long it took, unless it fails. */
  async time<Result>(search: () => Promise<Result>): Promise<Result> {
    const startedAtMs = performance.now();
    const result = await search();
    this.add({ endedAtMs: Date.now(), durationMs: performance.now() - startedAtMs });
    return result;
  }

  add(timing: SearchTiming): void {
    this.#timings.push(timing);
    if (this.#timings.length > 2 * this.#kept) this.#timings = this.#timings.slice(-this.#kept);
    const minute = Math.floor(timing.endedAtMs / MINUTE_MS);
    this.#byMinute.set(minute, (this.#byMinute.get(minute) ?? 0) + 1);
    for (const counted of this.#byMinute.keys()) {
      if (counted > minute - this.#minutes) break;
      this.#byMinute.delete(counted);
    }
  }

  /** Oldest first, in milliseconds. */
  durationsMs(): readonly number[] {
    return this.#timings.slice(-this.#kept).map(({ durationMs }) => durationMs);
  }

  /** Searches in each minute up to that of `nowMs`, oldest first; shape [minutes]. */
  perMinute(nowMs: number): readonly number[] {
    const last = Math.floor(nowMs / MINUTE_MS);
    return Array.from(
      { length: this.#minutes },
      (_, i) => this.#byMinute.get(last - this.#minutes + 1 + i) ?? 0,
    );
  }
}
