import type { ServerResponse } from 'node:http';
import { FihristError } from '../domain/errors.js';
import type { RouteLane } from './route.js';

/** Milliseconds that the work for one request may take once it has been read, waiting included; null: no limit. */
export type TimeLimits = Readonly<Record<RouteLane, number | null>>;

/** The setting that each limit comes from, for messages. */
const SETTING_OF: Readonly<Record<RouteLane, string>> = {
  light: 'no setting',
  search: 'FIHRIST_SEARCH_TIMEOUT_MS',
  answer: 'no setting',
  embedding: 'FIHRIST_WRITE_TIMEOUT_MS',
  write: 'FIHRIST_WRITE_TIMEOUT_MS',
};

/** How long there is somebody to work for: until the caller goes away, or the time limit is reached. */
export class WorkTime {
  readonly signal: AbortSignal;
  /**
   * Rejects with TIME_LIMIT_REACHED, unless a change or the reply has begun: then the work ends by itself. Null without
   * a limit, rather than a promise that all of them share: whoever races with it would be remembered by it for ever.
   */
  readonly over: Promise<never> | null;
  readonly #timer: NodeJS.Timeout | null;
  #hasChanged = false;

  /** @param res  The reply; its closing before all of it is out means that the caller has gone. */
  constructor(res: ServerResponse, lane: RouteLane, limits: TimeLimits) {
    const controller = new AbortController();
    this.signal = controller.signal;
    res.once('close', () => {
      if (!res.writableFinished) controller.abort();
      this.end();
    });
    const limitMs = limits[lane];
    if (limitMs === null) {
      this.over = null;
      this.#timer = null;
      return;
    }
    let refuse: (reason: FihristError) => void = () => {};
    const over = new Promise<never>((_, reject) => {
      refuse = reject;
    });
    // Heard of only by whoever is still waiting.
    over.catch(() => {});
    this.over = over;
    this.#timer = setTimeout(() => {
      const reason = timeLimitReached(limitMs, SETTING_OF[lane]);
      controller.abort(reason);
      if (!this.#hasChanged && !res.headersSent) refuse(reason);
    }, limitMs);
  }

  /**
   * To be called right before a change goes to disk. From then on the reply is waited for, whatever it is: an error of
   * the limit means that nothing was changed.
   * @throws what the signal has fired with; then there must be no change
   */
  readonly beginChange = (): void => {
    this.signal.throwIfAborted();
    this.#hasChanged = true;
  };

  /** The work is done: nothing fires any more because of the limit. */
  end(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
  }
}

function timeLimitReached(limitMs: number, setting: string): FihristError {
  return new FihristError(
    'TIME_LIMIT_REACHED',
    `The request was given up after ${limitMs} ms (${setting}).`,
    {
      details: { limit: limitMs, setting },
    },
  );
}
