import type { Embedding, TextRole } from '../domain/embedding.js';
import type { SearchStages } from '../telemetry/search-stages.js';
import type { CutText, Embedder, PassageEmbeddings } from './embedder.js';
import { SharedTexts } from './shared-texts.js';

type TextCounts = Readonly<Record<TextRole, number>>;

/** An embedder that tells how much it has to do. */
export interface BusyEmbedder extends Embedder {
  /** Texts that were handed over and are not embedded yet. */
  waitingTexts(): TextCounts;
}

export interface EmbedderPoolOptions<Member extends BusyEmbedder> {
  /** There from the beginning, and as long as the pool is. */
  readonly first: Member;
  /** Opens another one, which gives every text the same embedding. */
  readonly open: () => Promise<Member>;
  /** Members at the most, the first one counted. Minimum: 1. */
  readonly most: number;
  /** Another one that has had nothing to do for so long is closed. Default: 60,000. */
  readonly idleMs?: number;
  /** Told when another one cannot be opened or closed; the pool goes on with those that it has. */
  readonly onFailure: (error: unknown) => void;
}

const IDLE_MS = 60_000;
const FORGETTING_MS = 60_000;
/**
 * Another member is worth its memory when texts wait for one another, and have for so long: what is over by then would not
 * have waited for another one to load …
 */
const CROWDED_MS = 200;
/** … with no longer pause than this. */
const PAUSE_MS = 100;
/** So many passages take longer than another member takes to load, so it is opened without waiting and seeing. */
const MANY_PASSAGES = 16;

interface Joined<Member> {
  readonly member: Member;
  lastUsedAt: number;
}

/**
 * Several copies of a model that compute at once, as many as there is work for: one when a question comes now and then,
 * more while an archive is indexed or many ask at once. A query goes to the member that fewest wait for; passages wait
 * here until a member has room.
 * Memory: that of each member (about 140 MB for the model that comes along), given back when there is less to do.
 */
export class EmbedderPool<Member extends BusyEmbedder> implements BusyEmbedder {
  readonly fingerprint: string;
  readonly dimensions: number;
  readonly maxInputTokens: number;
  readonly maxBatchSize: number;
  readonly first: Member;
  readonly #options: EmbedderPoolOptions<Member>;
  #members: Array<Joined<Member>>;
  readonly #passages = new SharedTexts(() => this.#members);
  readonly #looking: NodeJS.Timeout;
  #crowdedSince = 0;
  #lastDoneAt = Number.NEGATIVE_INFINITY;
  /** Settles when nothing is being opened or closed any more. */
  #changing: Promise<void> | null = null;
  #mayGrowFrom = 0;

  constructor(options: EmbedderPoolOptions<Member>) {
    const { first, idleMs = IDLE_MS } = options;
    this.#options = options;
    this.first = first;
    this.#members = [{ member: first, lastUsedAt: 0 }];
    this.fingerprint = first.fingerprint;
    this.dimensions = first.dimensions;
    this.maxInputTokens = first.maxInputTokens;
    this.maxBatchSize = first.maxBatchSize;
    this.#looking = setInterval(() => this.#closeIdle(idleMs), idleMs / 2);
    this.#looking.unref();
  }

  embedQueries(
    texts: readonly string[],
    signal?: AbortSignal,
    stages?: Pick<SearchStages, 'took'>,
  ): Promise<Embedding[]> {
    return this.#growingWhenCrowded({ query: texts.length, passage: 0 }, () =>
      this.#shareOut(texts, signal, stages),
    );
  }

  embedPassages(texts: readonly string[], signal?: AbortSignal): Promise<Embedding[]> {
    return this.#sharePassages(texts, (member, text) => member.embedPassages([text], signal));
  }

  embedWithSentences(passages: readonly CutText[], signal?: AbortSignal): Promise<PassageEmbeddings[]> {
    return this.#sharePassages(passages, (member, passage) => member.embedWithSentences([passage], signal));
  }

  countTokens(texts: readonly string[], role?: TextRole): Promise<number[]> {
    return this.first.countTokens(texts, role);
  }

  waitingTexts(): TextCounts {
    const waiting = { query: 0, passage: this.#passages.waiting };
    for (const { member } of this.#members) {
      const { query, passage } = member.waitingTexts();
      waiting.query += query;
      waiting.passage += passage;
    }
    return waiting;
  }

  /** Members that compute. */
  get size(): number {
    return this.#members.length;
  }

  /** Closes members that have nothing to do, but for the first, and opens no other for a minute. */
  forget(): void {
    this.#mayGrowFrom = performance.now() + FORGETTING_MS;
    this.#closeIdle(0);
  }

  async close(): Promise<void> {
    this.#mayGrowFrom = Number.POSITIVE_INFINITY;
    clearInterval(this.#looking);
    await this.#changing;
    await Promise.all(this.#members.map(({ member }) => member.close()));
  }

  async #growingWhenCrowded<Result>(added: TextCounts, embed: () => Promise<Result>): Promise<Result> {
    this.#growWhenCrowded(performance.now(), added);
    try {
      return await embed();
    } finally {
      this.#lastDoneAt = performance.now();
    }
  }

  #sharePassages<Text, Result>(
    texts: readonly Text[],
    embedOne: (member: Member, text: Text) => Promise<readonly Result[]>,
  ): Promise<Result[]> {
    return this.#growingWhenCrowded({ query: 0, passage: texts.length }, () =>
      this.#passages.embed(texts, async (joined, text) => {
        joined.lastUsedAt = performance.now();
        const [result] = await embedOne(joined.member, text);
        return result as Result;
      }),
    );
  }

  async #shareOut(
    queries: readonly string[],
    signal?: AbortSignal,
    stages?: Pick<SearchStages, 'took'>,
  ): Promise<Embedding[]> {
    const now = performance.now();
    const parts = shareOut(
      queries.map(({ length }) => length),
      this.#members.map(({ member }) => loadOf(member)),
    );
    const results = new Array<Embedding>(queries.length);
    await Promise.all(
      this.#members.map(async (joined, i) => {
        const places = parts[i] ?? [];
        if (places.length === 0) return;
        joined.lastUsedAt = now;
        const part = places.map((place) => queries[place] as string);
        const found = await joined.member.embedQueries(part, signal, stages);
        for (const [at, place] of places.entries()) results[place] = found[at] as Embedding;
      }),
    );
    return results;
  }

  #growWhenCrowded(now: number, added: TextCounts): void {
    const { most, open, onFailure } = this.#options;
    if (this.#members.length >= most || this.#changing !== null) return;
    if (now < this.#mayGrowFrom) return;
    const before = this.waitingTexts();
    const waiting = total(before);
    const isFew = waiting + total(added) <= this.#members.length;
    const isAfterPause = waiting === 0 && now - this.#lastDoneAt > PAUSE_MS;
    if (isFew || isAfterPause) this.#crowdedSince = now;
    const isMuch = before.passage + added.passage >= MANY_PASSAGES;
    if (!isMuch && now - this.#crowdedSince < CROWDED_MS) return;
    this.#crowdedSince = now;
    this.#changing = open()
      .then((member) => {
        this.#members.push({ member, lastUsedAt: performance.now() });
        this.#passages.handOver();
      })
      .catch(onFailure)
      .finally(() => {
        this.#changing = null;
      });
  }

  #closeIdle(idleMs: number): void {
    if (this.#changing !== null) return;
    const until = performance.now() - idleMs;
    const idle = this.#members.filter(
      ({ member, lastUsedAt }, i) => i > 0 && lastUsedAt <= until && total(member.waitingTexts()) === 0,
    );
    if (idle.length === 0) return;
    this.#members = this.#members.filter((joined) => !idle.includes(joined));
    this.#changing = Promise.all(idle.map(({ member }) => member.close()))
      .then(() => {}, this.#options.onFailure)
      .finally(() => {
        this.#changing = null;
      });
  }
}

function total({ query, passage }: TextCounts): number {
  return query + passage;
}

/** A query waits for the queries before it and for one passage at the most. */
function loadOf(member: BusyEmbedder): number {
  const { query, passage } = member.waitingTexts();
  return query + Math.min(1, passage);
}

/** What a text costs beside its characters, in characters. */
const CHARACTERS_A_TEXT = 20;

/**
 * Places of texts for each member, so that all are done at about the same time: the longest first, each to the one that
 * has least to do.
 * @param lengths  Of the texts, in characters.
 * @param waiting  Texts that each member has already; they count as much as those that are shared out do on average.
 */
function shareOut(lengths: readonly number[], waiting: readonly number[]): number[][] {
  const costs = lengths.map((length) => length + CHARACTERS_A_TEXT);
  const costOf = (place: number) => costs[place] ?? 0;
  const usual = costs.reduce((sum, cost) => sum + cost, 0) / (costs.length || 1);
  const loads = waiting.map((count) => count * usual);
  const parts = waiting.map((): number[] => []);
  const longestFirst = costs.map((_, place) => place).sort((a, b) => costOf(b) - costOf(a));
  for (const place of longestFirst) {
    const least = loads.indexOf(Math.min(...loads));
    loads[least] = (loads[least] ?? 0) + costOf(place);
    parts[least]?.push(place);
  }
  return parts;
}
