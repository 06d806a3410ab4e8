import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** What a power cut would take with it, carried out before the kill. */
export type Loss =
  /** Renames to such a path whose folder was not synced. */
  | { readonly rename: string }
  /** The end of the file that the point is about: this share of it stays. */
  | { readonly keptShare: number };

/** A call at which something goes wrong. Patterns are regular expressions. */
export interface Fault {
  /** Names it in the log of what has struck. */
  readonly name: string;
  readonly event:
    | 'open'
    | 'write'
    | 'sync'
    | 'rename'
    | 'rm'
    | 'sql'
    | 'initIndex'
    | 'addPoint'
    | 'markDelete'
    | 'searchKnn'
    | 'writeIndex'
    | 'embed'
    | 'any';
  /** Default: before. */
  readonly when?: 'before' | 'after';
  /** Of the path, of the SQL, or of "graph 1", "graph 2", … in the order they are made. Default: any. */
  readonly match?: string;
  /** Of SQL: what the transaction has run before. */
  readonly within?: string;
  /** Default: any. */
  readonly thread?: 'main' | 'storage' | 'vector-index' | 'embedding';
  /** The how many-th of such calls of a thread. Default: 1. */
  readonly count?: number;
  /** Strikes at every call from then on. Default: once. */
  readonly repeats?: boolean;
  readonly losses?: readonly Loss[];
  /** Anything else is the code of the error that the call fails with, such as ENOSPC. */
  readonly effect: 'kill' | 'end thread' | 'throw in thread' | 'hang' | `E${string}`;
}

/** From when it is armed the clock of the service is wrong by so much. */
export interface WrongClock {
  readonly name: string;
  readonly event: 'clock';
  readonly offsetMs: number;
}

const INJECTION = fileURLToPath(new URL('./fault-injection.cjs', import.meta.url));

/** The faults of one service: put into its environment when it starts, armed then or while it runs. */
export class FaultPlan {
  readonly #file: string;

  /** @param file  Where they are written down; not in the index folder. */
  constructor(file: string) {
    this.#file = file;
    this.arm([]);
  }

  /** What the service is to be started with. */
  get environment(): Record<string, string> {
    return { NODE_OPTIONS: `--require "${INJECTION}"`, FAULTS_FILE: this.#file };
  }

  /** Takes the place of what was armed before. */
  arm(faults: ReadonlyArray<Fault | WrongClock>): void {
    rmSync(`${this.#file}.log`, { force: true });
    writeFileSync(`${this.#file}.new`, JSON.stringify(faults));
    renameSync(`${this.#file}.new`, this.#file);
  }

  /** Names of those that have struck since. */
  get struck(): string[] {
    const log = `${this.#file}.log`;
    if (!existsSync(log)) return [];
    return readFileSync(log, 'utf8').trimEnd().split('\n');
  }
}
