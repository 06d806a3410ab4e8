import { setTimeout } from 'node:timers/promises';
import type { CrashArchive } from './crash-archive.js';
import { between, oneOf, seededRandom } from './seeded-random.js';
import type { ServedProcess } from './served-process.js';

/** So often everything is looked at, not only what was changed. */
const FULL_CHECK_EVERY = 20;
/** The longest that the service is at work before it is killed. */
const LONGEST_WORK_MS = 800;
const LONGEST_STOP_MS = 300;
/** Calls of a thread that are let pass before the process dies at one. */
const MOST_CALLS = 60;

/** When the process dies. `call`: at some call to the disk or to native code; the others by the clock, from outside. */
const KILLS = ['work', 'work', 'call', 'call', 'start', 'start call', 'stop'] as const;

export interface KillRunOptions {
  readonly kills: number;
  readonly seed: number;
  readonly report: (line: string) => void;
}

/**
 * Starts the service, lets it work, kills it, and holds the next one against what was acknowledged; again and again on
 * the same archive. What happens is drawn from the seed, for each kill by itself; by what a kill interrupts it is a
 * matter of the machine, so that the same seed does nearly the same.
 */
export class KillRun {
  readonly #archive: CrashArchive;
  readonly #options: KillRunOptions;
  /** Of the last start that came to its end. */
  #startMs = 2_000;
  #kills = 0;
  #starts = 0;

  constructor(archive: CrashArchive, options: KillRunOptions) {
    this.#archive = archive;
    this.#options = options;
  }

  /** Ends early when something was lost or wrong, and keeps the folder. */
  async run(): Promise<void> {
    const { kills, seed, report } = this.#options;
    const { findings, ledger } = this.#archive;
    const started = performance.now();
    while (this.#kills < kills && findings.isClean) {
      await this.#lap(seededRandom(seed * 1_000_003 + this.#kills));
      this.#kills += 1;
      if (this.#kills % Math.min(20, kills) !== 0) continue;
      const perKill = (performance.now() - started) / this.#kills;
      const left = Math.round(((kills - this.#kills) * perKill) / 60_000);
      report(
        `${this.#kills} of ${kills} kills, seed ${seed}: ${ledger.acknowledgements} acknowledged, ` +
          `${findings.checks} checks, ${findings.lost.length} lost, ${findings.wrong.length} wrong; ${left} min left\n`,
      );
    }
    if (findings.isClean) await this.#lastCheck();
    if (findings.isClean) return;
    const kept = this.#archive.keep(`fihrist-crash-seed-${seed}-kill-${this.#kills}`);
    report(`after kill ${this.#kills} of seed ${seed}; the archive is kept in ${kept}\n${findings}\n`);
  }

  /** One kill, and before it whatever starts are needed. */
  async #lap(random: () => number): Promise<void> {
    const archive = this.#archive;
    if (random() < 0.4) archive.corpus.change(random);
    const kill = oneOf(random, KILLS);
    if (kill === 'start' || kill === 'start call') {
      if (kill === 'start call') this.#armAnyCall(random);
      const service = archive.spawn();
      if (kill === 'start') {
        await Promise.race([setTimeout(random() * 1.2 * this.#startMs), service.ended]);
        service.kill();
      } else {
        // A start may be over before the call is reached.
        await Promise.race([service.ready, service.ended]);
        service.kill();
      }
      await this.#ended(service);
      return;
    }
    const service = archive.spawn();
    const client = await this.#readyAndChecked(service, random);
    const work = archive.workload(client);
    const workMs = random() * LONGEST_WORK_MS;
    if (kill === 'call') {
      await setTimeout(workMs / 2);
      this.#armAnyCall(random);
      await Promise.race([service.ended, setTimeout(10 * LONGEST_WORK_MS)]);
    } else {
      await setTimeout(workMs);
    }
    if (kill === 'stop') {
      work.stopping();
      service.kill('SIGTERM');
      await Promise.race([setTimeout(random() * LONGEST_STOP_MS), service.ended]);
    }
    service.kill();
    await this.#ended(service);
    await work.over();
  }

  #armAnyCall(random: () => number): void {
    const thread = oneOf(random, ['storage', 'vector-index', 'main'] as const);
    const when = oneOf(random, ['before', 'after'] as const);
    const count = between(random, 1, MOST_CALLS);
    this.#archive.faults.arm([{ name: 'any call', event: 'any', effect: 'kill', thread, when, count }]);
  }

  async #readyAndChecked(service: ServedProcess, random: () => number) {
    const archive = this.#archive;
    const client = await archive.ready(service);
    this.#startMs = performance.now() - service.startedAt;
    this.#starts += 1;
    const ids = archive.ledger.ids;
    const isFull = this.#starts % FULL_CHECK_EVERY === 0;
    await archive.check(client, isFull ? ids : Array.from({ length: 5 }, () => oneOf(random, ids)));
    return client;
  }

  async #ended(service: ServedProcess): Promise<void> {
    const { code, signal } = await service.ended;
    this.#archive.faults.arm([]);
    if (signal === 'SIGKILL' || code === 0) return;
    this.#archive.findings.wrong.push(`the service ended with ${signal ?? code}:\n${service.output}`);
  }

  /** After the last kill nothing may be left open. */
  async #lastCheck(): Promise<void> {
    const archive = this.#archive;
    const service = archive.spawn();
    const client = await archive.ready(service);
    await archive.tasksOver(client);
    await archive.check(client, archive.ledger.ids);
    await service.stop();
  }
}
