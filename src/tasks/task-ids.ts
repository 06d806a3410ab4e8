import { randomBytes } from 'node:crypto';

/** Gives ids that rise with time, so that their order is the order of the tasks. */
export class TaskIds {
  #lastMs: number;

  /** @param newest  The newest id there is: what comes is behind it, whatever the clock says. */
  constructor(newest: string | undefined) {
    this.#lastMs = newest === undefined ? 0 : Number.parseInt(newest.slice(0, TIME_DIGITS), 36) || 0;
  }

  next(): string {
    this.#lastMs = Math.max(this.#lastMs + 1, Date.now());
    return `${this.#lastMs.toString(36).padStart(TIME_DIGITS, '0')}-${randomBytes(4).toString('hex')}`;
  }
}

/** Milliseconds since 1970 in base 36: enough until the year 5188. */
const TIME_DIGITS = 9;
