import { LRUCache } from 'lru-cache';
import type { PassageTerms } from '../text/passage-terms.js';
import type { PostingKey } from './encode-token.js';
import { blobToTerms } from './terms-blob.js';
import type { WordReads } from './word-reads.js';

/** Entries of posting lists that are kept: 16 MB. Words are asked for as unevenly as they are written. */
const MOST_ENTRIES = 4_000_000;

/** Passages whose terms are kept: about 30 MB. */
const MOST_PASSAGES = 20_000;

export interface KeptWordsOptions {
  /** Default: 4,000,000. */
  readonly mostEntries?: number;
  /** Default: 20,000. */
  readonly mostPassages?: number;
}

/**
 * Posting lists and passages' terms, read from the store once and kept for as long as nothing changes there; what was
 * not asked for longest goes first. Reading a list costs about 0.12 µs an entry, one that is kept nothing.
 */
export class KeptWords {
  readonly #reads: Pick<WordReads, 'generation' | 'labelsWith' | 'terms'>;
  readonly #postings: LRUCache<string, Uint32Array>;
  readonly #terms: LRUCache<number, PassageTerms>;
  #generation = -1;

  constructor(
    reads: Pick<WordReads, 'generation' | 'labelsWith' | 'terms'>,
    { mostEntries = MOST_ENTRIES, mostPassages = MOST_PASSAGES }: KeptWordsOptions = {},
  ) {
    this.#reads = reads;
    this.#postings = new LRUCache({ maxSize: mostEntries, sizeCalculation: (labels) => labels.length + 1 });
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

  /** Labels, rising. A list that is longer than all that may be kept is read each time. */
  labelsWith(stem: string, key: PostingKey): Uint32Array {
    const name = `${key.fingerprint} ${key.mark} ${stem}`;
    let labels = this.#postings.get(name);
    if (labels === undefined) {
      labels = Uint32Array.from(this.#reads.labelsWith(stem, key));
      this.#postings.set(name, labels);
    }
    return labels;
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
}
