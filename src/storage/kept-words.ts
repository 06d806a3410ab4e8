import { LRUCache } from 'lru-cache';
import type { PassageTerms } from '../text/passage-terms.js';
import { OCCURRENCE_MARKS, type OccurrenceMark } from './bm25.js';
import type { KnownWords } from './known-words.js';
import { blobToTerms } from './terms-blob.js';
import type { WordReads } from './word-reads.js';

/** Entries of posting lists that are kept: 16 MB. Words are asked for as unevenly as they are written. */
const MOST_ENTRIES = 2_000_000;

/** Passages whose terms are kept: about 30 MB. */
const MOST_PASSAGES = 20_000;

export interface KeptWordsOptions {
  /** Default: 2,000,000. */
  readonly mostEntries?: number;
  /** Default: 20,000. */
  readonly mostPassages?: number;
}

/** The passages that a stem stands in. */
export interface ScoredPostings {
  /** Rising. */
  readonly labels: Uint32Array;
  /** For each, about what the stem adds to its score, for a stem of weight 1. */
  readonly scores: Float32Array;
}

/** What scores are made of. */
export type ScoredWords = Pick<KnownWords, 'fingerprint' | 'lengths' | 'lengthScores'>;

/**
 * Posting lists and passages' terms, read from the store once and kept for as long as nothing changes there; what was
 * not asked for longest goes first. Reading a list costs about 0.12 µs an entry, one that is kept nothing.
 */
export class KeptWords {
  readonly #reads: Pick<WordReads, 'generation' | 'labelsWith' | 'terms'>;
  readonly #postings: LRUCache<string, ScoredPostings>;
  readonly #terms: LRUCache<number, PassageTerms>;
  #generation = -1;

  constructor(
    reads: Pick<WordReads, 'generation' | 'labelsWith' | 'terms'>,
    { mostEntries = MOST_ENTRIES, mostPassages = MOST_PASSAGES }: KeptWordsOptions = {},
  ) {
    this.#reads = reads;
    this.#postings = new LRUCache({
      maxSize: mostEntries,
      sizeCalculation: ({ labels }) => labels.length + 1,
    });
    this.#terms = new LRUCache({ max: mostPassages });
  }

  /** Forgets what is of an older generation. Belongs before every use, in the same transaction. */
  refresh(): void {
    const generation = this.#reads.generation();
    if (generation === this.#generation) return;
    this.forget();
    this.#generation = generation;
  }

  /** Frees what is kept. */
  forget(): void {
    this.#postings.clear();
    this.#terms.clear();
  }

  /**
   * A list that is longer than all that may be kept is read each time. What a stem adds is computed here and not for each
   * question: lengths lie by label, all over memory.
   * @param known  As of this generation.
   */
  postings(stem: string, known: ScoredWords): ScoredPostings {
    const name = `${known.fingerprint} ${stem}`;
    let postings = this.#postings.get(name);
    if (postings === undefined) {
      postings = this.#readPostings(stem, known);
      this.#postings.set(name, postings);
    }
    return postings;
  }

  /** Undefined when the passage is gone. */
  terms(label: number): PassageTerms | undefined {
    let terms = this.#terms.get(label);
    if (terms === undefined) {
      const blob = this.#reads.terms(label);
      if (blob === undefined) return undefined;
      terms = blobToTerms(blob);
      this.#terms.set(label, terms);
    }
    return terms;
  }

  #readPostings(stem: string, { fingerprint, lengths, lengthScores }: ScoredWords): ScoredPostings {
    const read = (mark: OccurrenceMark) => this.#reads.labelsWith(stem, { fingerprint, mark });
    const labels = Uint32Array.from(read('once'));
    const scores = new Float32Array(labels.length);
    for (const { name } of OCCURRENCE_MARKS) {
      const added = lengthScores.added[name];
      const longest = added.length - 1;
      // Whoever has a mark has those before it.
      let place = 0;
      for (const label of name === 'once' ? labels : read(name)) {
        while (place < labels.length && (labels[place] as number) < label) place += 1;
        if (labels[place] !== label) continue;
        const score = added[Math.min(lengths[label] ?? longest, longest)] as number;
        scores[place] = (scores[place] as number) + score;
      }
    }
    return { labels, scores };
  }
}
