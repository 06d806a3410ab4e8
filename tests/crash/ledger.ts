import type { WrittenArticle } from './written-article.js';

/** What an article may be: a state that was sent, or null, not there. */
export type State = WrittenArticle | null;

/** A state, and when it could be seen: from when it was sent until another was acknowledged. */
interface Visible {
  readonly state: WrittenArticle;
  readonly fromMs: number;
  untilMs: number;
}

/** Searches that began before are over. */
const LONGEST_SEARCH_MS = 120_000;

interface Entry {
  acknowledged: State;
  /** Sent and not answered yet, or not answered any more since the service was killed. */
  pending: State[];
  visible: Visible[];
}

/** Articles that were sent to be written later. */
export interface Batch {
  /** Null when the reply never came. */
  task: string | null;
  /** Those that are not known to be written. */
  states: readonly WrittenArticle[];
}

/**
 * What a service has acknowledged, and what it was asked and never answered: the yardstick of the crash tests. Changes
 * of one article are sent one after the other.
 */
export class Ledger {
  readonly #entries = new Map<string, Entry>();
  readonly #touched = new Set<string>();
  readonly #batches = new Set<Batch>();
  acknowledgements = 0;

  /** Ids of all articles that were ever sent. */
  get ids(): string[] {
    return [...this.#entries.keys()];
  }

  acknowledged(id: string): State {
    return this.#entries.get(id)?.acknowledged ?? null;
  }

  isPending(id: string): boolean {
    return (this.#entries.get(id)?.pending.length ?? 0) > 0;
  }

  /** Batches of which it is not known yet that they are over. */
  get batches(): Batch[] {
    return [...this.#batches];
  }

  /** To be told before a batch is sent. */
  sendBatch(states: readonly WrittenArticle[]): Batch {
    const batch: Batch = { task: null, states };
    this.#batches.add(batch);
    for (const state of states) this.send(state.id, state);
    return batch;
  }

  /** To be told when every article of the batch is there. */
  acknowledgeBatch(batch: Batch): void {
    this.#batches.delete(batch);
    for (const state of batch.states) this.acknowledge(state.id, state);
  }

  /** To be told when an article of a batch was found written: what others make of it from then on is not undone. */
  foundWritten(id: string): void {
    for (const batch of [...this.#batches]) {
      const state = batch.states.find((one) => one.id === id);
      if (state === undefined) continue;
      this.acknowledge(id, state);
      batch.states = batch.states.filter((one) => one !== state);
    }
  }

  /** To be told when the batch is over or never was, and its articles are whatever they are. */
  forgetBatch(batch: Batch): void {
    this.#batches.delete(batch);
  }

  /** Whether the article may still change by itself. */
  isInBatch(id: string): boolean {
    return this.batches.some(({ states }) => states.some((state) => state.id === id));
  }

  /** To be told before a change is sent. */
  send(id: string, state: State): void {
    const entry = this.#entryOf(id);
    entry.pending.push(state);
    this.#touched.add(id);
    if (state !== null) {
      entry.visible.push({ state, fromMs: performance.now(), untilMs: Number.POSITIVE_INFINITY });
    }
  }

  /** To be told when the reply is there. */
  acknowledge(id: string, state: State): void {
    this.acknowledgements += 1;
    this.settle(id, state);
  }

  /** What the article was found to be after a restart: from then on it must stay so. */
  settle(id: string, state: State): void {
    const entry = this.#entryOf(id);
    entry.acknowledged = state;
    entry.pending = [];
    for (const one of entry.visible)
      if (one.state !== state) one.untilMs = Math.min(one.untilMs, performance.now());
    const outdatedMs = performance.now() - LONGEST_SEARCH_MS;
    entry.visible = entry.visible.filter(
      ({ untilMs }, i) => untilMs > outdatedMs || i >= entry.visible.length - 4,
    );
  }

  /** States that an article may have now. */
  possible(id: string): State[] {
    const entry = this.#entries.get(id);
    return entry === undefined ? [null] : [entry.acknowledged, ...entry.pending];
  }

  /** States of an article that a search could see which ran from `fromMs` to `toMs`. */
  visible(id: string, fromMs: number, toMs: number): WrittenArticle[] {
    const visible = this.#entries.get(id)?.visible ?? [];
    return visible.filter((one) => one.fromMs <= toMs && one.untilMs >= fromMs).map(({ state }) => state);
  }

  /** The last states that must not be found any more. */
  gone(id: string): WrittenArticle[] {
    const possible = this.possible(id);
    const visible = this.#entries.get(id)?.visible ?? [];
    return visible.map(({ state }) => state).filter((state) => !possible.includes(state));
  }

  /** Ids that were changed since the last call. */
  takeTouched(): string[] {
    const touched = [...this.#touched];
    this.#touched.clear();
    return touched;
  }

  #entryOf(id: string): Entry {
    const known = this.#entries.get(id);
    if (known !== undefined) return known;
    const entry: Entry = { acknowledged: null, pending: [], visible: [] };
    this.#entries.set(id, entry);
    return entry;
  }
}
