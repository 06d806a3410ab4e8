/**
 * How near a process is to its ceiling. `tight`: what is kept has to go. `short`: nothing is taken in that takes much
 * memory. `full`: nothing is.
 */
export type MemoryLevel = 'ample' | 'tight' | 'short' | 'full';

/** From which share of the ceiling on each level begins. */
export const MARKS = { tight: 0.85, short: 0.95, full: 1 } as const;

const LOOK_MS = 250;
/** Between two times that caches are emptied; twice as long after each that did not help, up to the longest. */
const REST_MS = 5_000;
const LONGEST_REST_MS = 300_000;

export interface MemoryFigures {
  readonly ceilingBytes: number;
  readonly residentBytes: number;
  /** How often caches were emptied. */
  readonly emptied: number;
}

export interface MemoryWatchOptions {
  readonly ceilingBytes: number;
  /** Resident memory of the process in bytes, all threads included. Default: of this process; costs about 12 µs. */
  readonly residentBytes?: () => number;
  /** Frees what was kept to be faster; it comes back by itself. */
  readonly empty: () => void;
  /** Told when the level has changed. */
  readonly onLevel?: (level: MemoryLevel, figures: MemoryFigures) => void;
  /** Milliseconds of a clock that never goes back. Default: `performance.now`. */
  readonly now?: () => number;
}

/**
 * Watches the memory of the process, four times a second, and says what may still be done below the ceiling. What is
 * asked for between two looks is answered by the last one.
 */
export class MemoryWatch {
  readonly #options: MemoryWatchOptions;
  readonly #readResident: () => number;
  readonly #now: () => number;
  readonly #waiting = new Set<() => void>();
  #timer: NodeJS.Timeout | null = null;
  #level: MemoryLevel = 'ample';
  #residentBytes = 0;
  #emptied = 0;
  #restMs = REST_MS;
  #restsUntil = Number.NEGATIVE_INFINITY;

  constructor(options: MemoryWatchOptions) {
    this.#options = options;
    this.#readResident = options.residentBytes ?? (() => process.memoryUsage.rss());
    this.#now = options.now ?? (() => performance.now());
  }

  get level(): MemoryLevel {
    return this.#level;
  }

  /** Begins to look, at once and then regularly. */
  start(): void {
    this.look();
    this.#timer ??= setInterval(() => this.look(), LOOK_MS).unref();
  }

  /** Whoever waits for room waits no more. */
  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
    this.#letIn();
  }

  look(): void {
    const { ceilingBytes, onLevel } = this.#options;
    this.#residentBytes = this.#readResident();
    const level = levelOf(this.#residentBytes / ceilingBytes);
    if (level !== 'ample') this.#emptyOrRest(level);
    else this.#restMs = REST_MS;
    if (level === this.#level) return;
    this.#level = level;
    onLevel?.(level, this.figures());
    if (this.hasRoom) this.#letIn();
  }

  /** Whether work may begin that takes much memory. */
  get hasRoom(): boolean {
    return this.#level === 'ample' || this.#level === 'tight';
  }

  /** Resolves when there is room; at once when there is. @throws what `signal` fires with */
  async room(signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    if (this.hasRoom || this.#timer === null) return;
    await new Promise<void>((resolve, reject) => {
      const end = () => {
        this.#waiting.delete(end);
        signal?.removeEventListener('abort', end);
        if (signal?.aborted) reject(signal.reason);
        else resolve();
      };
      this.#waiting.add(end);
      signal?.addEventListener('abort', end, { once: true });
    });
  }

  figures(): MemoryFigures {
    const { ceilingBytes } = this.#options;
    return { ceilingBytes, residentBytes: this.#residentBytes, emptied: this.#emptied };
  }

  /** Emptying costs the next searches time: what did not help is not done again soon, unless more is at stake. */
  #emptyOrRest(level: MemoryLevel): void {
    const now = this.#now();
    const isWorse = level !== 'tight' && this.hasRoom;
    const earliest = isWorse ? this.#restsUntil - this.#restMs + REST_MS : this.#restsUntil;
    if (now < earliest) return;
    this.#emptied += 1;
    this.#restsUntil = now + this.#restMs;
    this.#options.empty();
    this.#restMs = Math.min(LONGEST_REST_MS, 2 * this.#restMs);
  }

  #letIn(): void {
    for (const end of [...this.#waiting]) end();
  }
}

function levelOf(share: number): MemoryLevel {
  if (share >= MARKS.full) return 'full';
  if (share >= MARKS.short) return 'short';
  return share >= MARKS.tight ? 'tight' : 'ample';
}
