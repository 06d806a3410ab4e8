/** From this much silence on it is told of; a limit below twice that is told of half way. */
const NOTICE_MS = 15_000;
const LONGEST_TICK_MS = 1_000;

export interface SilenceWatchOptions {
  /** So much silence, and the thread is given up. */
  readonly limitMs: number;
  /** Asks the thread for a sign of life. */
  readonly ask: () => void;
  /** Told once when the thread has been silent for long, in milliseconds. */
  readonly onSilent: (silentMs: number) => void;
  /** Told when it was heard again. */
  readonly onHeard: () => void;
  /** Told once, at the limit. */
  readonly onGivenUp: (silentMs: number) => void;
  /** Told at every look, with what passed since the last one. */
  readonly onTick: (tickMs: number) => void;
}

/**
 * Tells a thread that works from one that hangs: as long as it is watched it is asked every second, and a thread whose
 * event loop turns answers. Silence is counted in looks and not by the clock, so that neither a machine that slept nor
 * a busy owner is taken for a thread that hangs.
 */
export class SilenceWatch {
  readonly #options: SilenceWatchOptions;
  readonly #tickMs: number;
  readonly #noticeMs: number;
  #timer: NodeJS.Timeout | null = null;
  #silentMs = 0;
  #isAsked = false;
  #isNoticed = false;

  constructor(options: SilenceWatchOptions) {
    this.#options = options;
    this.#tickMs = Math.min(LONGEST_TICK_MS, options.limitMs / 10);
    this.#noticeMs = Math.min(NOTICE_MS, options.limitMs / 2);
  }

  /** Does nothing when it watches already. Keeps no process alive. */
  start(): void {
    if (this.#timer !== null) return;
    this.#timer = setInterval(() => this.#look(), this.#tickMs);
    this.#timer.unref();
  }

  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
    this.#silentMs = 0;
    this.#isAsked = false;
    this.#isNoticed = false;
  }

  /** To be told whenever anything comes from the thread. */
  heard(): void {
    this.#silentMs = 0;
    this.#isAsked = false;
    if (!this.#isNoticed) return;
    this.#isNoticed = false;
    this.#options.onHeard();
  }

  #look(): void {
    const { limitMs, ask, onSilent, onGivenUp, onTick } = this.#options;
    onTick(this.#tickMs);
    if (this.#timer === null) return;
    if (!this.#isAsked) {
      this.#isAsked = true;
      ask();
      return;
    }
    this.#silentMs += this.#tickMs;
    if (this.#silentMs >= limitMs) {
      onGivenUp(this.#silentMs);
    } else if (this.#silentMs >= this.#noticeMs && !this.#isNoticed) {
      this.#isNoticed = true;
      onSilent(this.#silentMs);
    }
  }
}
