import type { PassageTerms } from '../text/passage-terms.js';
import { stemWeight } from './bm25.js';
import { collectCandidates } from './collect-candidates.js';
import { KeptWords, type KeptWordsOptions } from './kept-words.js';
import { KnownWords } from './known-words.js';
import type { LexicalMatch, LexicalQuery, LexicalSearchOptions, LexicalStatistics } from './lexical-index.js';
import { scorePassage, weighStem } from './score-passage.js';
import { ScoreSheet } from './score-sheet.js';
import type { SqliteConnection } from './sqlite-connection.js';
import { prepareWordReads, type WordReads } from './word-reads.js';

/** Passages that are scored exactly for one that is wanted: what the estimate puts in the wrong place is made good. */
const SCORED_PER_WANTED = 2;

/** As many are always scored: that costs about a millisecond. */
const LEAST_SCORED = 200;

/**
 * Finds passages by words in the full-text tables of a database. Synchronous: the caller brackets each call in a
 * transaction. Which passages are scored is decided by an estimate (collectCandidates); scores are exact BM25 of the
 * stored terms, which lie all over memory, or that estimate, at half the cost.
 */
export class SqliteLexicalIndex {
  readonly #reads: WordReads;
  readonly #kept: KeptWords;
  readonly #known = new Map<string, KnownWords>();
  readonly #sheet = new ScoreSheet();

  constructor(connection: SqliteConnection, keeping: KeptWordsOptions = {}) {
    this.#reads = prepareWordReads(connection);
    this.#kept = new KeptWords(this.#reads, keeping);
  }

  /** Frees what is kept. */
  forget(): void {
    this.#kept.forget();
    this.#sheet.forget();
    for (const known of this.#known.values()) known.forget();
  }

  /** See LexicalIndexReader. */
  findByWords(query: LexicalQuery, options: LexicalSearchOptions): LexicalMatch[] {
    const known = this.#knownWords(options.fingerprint);
    const phrases = query.phrases.filter((words) => words.length > 0);
    const stems = [...new Set(query.stems)];
    if (known === null || (stems.length === 0 && phrases.length === 0)) return [];
    const allowed = this.#allowedLabels(phrases, known, options.labels);
    const isFilled = phrases.length > 0;
    const { limit, scores = 'exact' } = options;
    const matches =
      scores === 'estimated' && !isFilled && (allowed === null || allowed.length > limit)
        ? this.#estimate(stems, known, { limit, allowed })
        : this.#score(this.#candidates(stems, known, { limit, allowed, isFilled }), stems, known).filter(
            ({ score }) => score > 0 || isFilled,
          );
    return matches.sort((a, b) => b.score - a.score || a.label - b.label).slice(0, limit);
  }

  /** See LexicalIndexReader. */
  lexicalStatistics(stems: readonly string[], options: { fingerprint: string }): LexicalStatistics {
    const known = this.#knownWords(options.fingerprint);
    return {
      passages: known?.passages ?? 0,
      meanLength: known?.meanLength ?? 0,
      passagesWith: Uint32Array.from(stems, (stem) => known?.passagesWith(stem) ?? 0),
    };
  }

  /** The terms of passages, for the rest of the transaction; undefined for one that is gone. */
  terms(): (label: number) => PassageTerms | undefined {
    this.#kept.refresh();
    return (label) => this.#kept.terms(label);
  }

  #knownWords(fingerprint: string): KnownWords | null {
    let known = this.#known.get(fingerprint);
    if (known === undefined) {
      const number = this.#reads.fingerprintNumber(fingerprint);
      if (number === undefined) return null;
      known = new KnownWords(number, this.#reads);
      this.#known.set(fingerprint, known);
    }
    known.refresh();
    this.#kept.refresh();
    return known;
  }

  /** Rising; null when all are allowed. */
  #allowedLabels(
    phrases: ReadonlyArray<readonly string[]>,
    known: KnownWords,
    labels: Uint32Array | undefined,
  ): Uint32Array | null {
    const given = labels?.filter((label) => known.has(label)) ?? null;
    if (phrases.length === 0) return given;
    const withPhrases = this.#reads.labelsWithPhrases(phrases);
    const isGiven = given === null ? null : marks(given, known);
    return Uint32Array.from(
      withPhrases.filter((label) => (isGiven === null ? known.has(label) : isGiven[label] === 1)),
    );
  }

  /** The best by estimate, in no order, and some more; none without a score. */
  #estimate(
    stems: readonly string[],
    known: KnownWords,
    { limit, allowed }: { readonly limit: number; readonly allowed: Uint32Array | null },
  ): LexicalMatch[] {
    return this.#collect(stems, known, { wanted: limit, mostGiven: limit, allowed }).map((label) => ({
      label,
      score: this.#sheet.scoreOf(label),
    }));
  }

  /** @param options.isFilled  Passages without any of the stems are found, too, by rising label. */
  #candidates(
    stems: readonly string[],
    known: KnownWords,
    options: { limit: number; allowed: Uint32Array | null; isFilled: boolean },
  ): Iterable<number> {
    const { limit, allowed, isFilled } = options;
    const mostGiven = Math.max(LEAST_SCORED, limit * SCORED_PER_WANTED);
    if (allowed !== null && allowed.length <= mostGiven) return allowed;
    const found = this.#collect(stems, known, { wanted: limit, mostGiven, allowed });
    if (!isFilled || allowed === null || found.length >= limit) return found;
    const filled = new Set(found);
    for (const label of allowed) {
      if (filled.size >= limit) break;
      filled.add(label);
    }
    return filled;
  }

  #collect(
    stems: readonly string[],
    known: KnownWords,
    options: { wanted: number; mostGiven: number; allowed: Uint32Array | null },
  ): number[] {
    const allowed = options.allowed === null ? null : marks(options.allowed, known);
    return collectCandidates(stems, { ...options, kept: this.#kept, known, sheet: this.#sheet, allowed });
  }

  #score(labels: Iterable<number>, stems: readonly string[], known: KnownWords): LexicalMatch[] {
    const weighted = stems.map((stem) =>
      weighStem(stem, stemWeight(known.passagesWith(stem), known.passages)),
    );
    const matches: LexicalMatch[] = [];
    for (const label of labels) {
      const terms = this.#kept.terms(label);
      if (terms === undefined) continue;
      matches.push({ label, score: scorePassage(terms, weighted, known.meanLength) });
    }
    return matches;
  }
}

/** By label: 1 for those that are in `labels`. */
function marks(labels: Uint32Array, known: KnownWords): Uint8Array {
  const marked = new Uint8Array(known.labelEnd);
  for (const label of labels) marked[label] = 1;
  return marked;
}
