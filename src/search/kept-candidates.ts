import type { Language } from '../domain/language.js';
import type { Centring } from '../embedding/centring.js';
import type { ArticleStoreReader, RankingRow } from '../storage/article-store.js';
import type { PassageTerms } from '../text/passage-terms.js';
import { RankingMatrix } from './ranking-matrix.js';

/** A candidate's words, and where its vectors lie in the matrix. */
export interface Candidate {
  /** The same for all passages of an article. */
  readonly articleNumber: number;
  readonly language: Language;
  readonly terms: PassageTerms;
  readonly passageRow: number;
  /** Its sentences lie in successive rows. */
  readonly firstSentenceRow: number;
  /** 0 when the passage is one sentence. */
  readonly sentences: number;
  /** Null when the article has no title. */
  readonly titleRow: number | null;
}

/** What candidates are ranked by. */
export interface RankingData {
  /** By label. */
  readonly candidates: ReadonlyMap<number, Candidate>;
  readonly matrix: Pick<RankingMatrix, 'similarities' | 'vector'>;
}

export interface KeptCandidatesOptions {
  readonly store: Pick<ArticleStoreReader, 'rankingRows'>;
  readonly centring: Centring;
  readonly dimensions: number;
  /** Vectors that are kept, of passages, sentences and titles. Default: 125,000 (48 MB at 384 dimensions). */
  readonly mostRows?: number;
}

/**
 * What candidates are ranked by, read from the store once and kept for as long as nothing changes there.
 * Memory: `mostRows` and those of one block of candidates, and about 1.7 KB of words a passage; beyond that it starts anew.
 */
export class KeptCandidates {
  readonly #store: KeptCandidatesOptions['store'];
  readonly #mostRows: number;
  readonly #matrix: RankingMatrix;
  readonly #candidates = new Map<number, Candidate>();
  #generation = -1;
  /** Rises when what was kept is forgotten. */
  #beginning = 0;

  constructor({ store, centring, dimensions, mostRows = 125_000 }: KeptCandidatesOptions) {
    this.#store = store;
    this.#mostRows = mostRows;
    this.#matrix = new RankingMatrix(dimensions, centring);
  }

  /**
   * Makes sure that what is needed of `labels` is here, and ranks by it at once: rows are used again, so what `rank`
   * was given is not valid any more when it has returned.
   * @param generation  Of the store, read before: what was kept of an older one is forgotten.
   * @param rank  Not given labels that are gone.
   */
  async rankBy<Ranked>(
    labels: readonly number[],
    generation: number,
    rank: (data: RankingData) => Ranked,
  ): Promise<Ranked> {
    for (;;) {
      if (generation > this.#generation || this.#matrix.size > this.#mostRows) this.#startAnew(generation);
      const missing = labels.filter((label) => !this.#candidates.has(label));
      const beginning = this.#beginning;
      // In the order in which they lie on disk.
      const found = missing.length === 0 ? [] : await this.#store.rankingRows(missing.sort((a, b) => a - b));
      // While this search was reading, another one may have met a newer generation.
      if (beginning !== this.#beginning) continue;
      for (const row of found) this.#keep(row);
      return rank({ candidates: this.#candidates, matrix: this.#matrix });
    }
  }

  /** Frees what is kept. */
  forget(): void {
    this.#startAnew(this.#generation);
    this.#matrix.release();
  }

  #startAnew(generation: number): void {
    this.#generation = Math.max(generation, this.#generation);
    this.#beginning += 1;
    this.#candidates.clear();
    this.#matrix.clear();
  }

  #keep({ label, articleNumber, language, passage, sentences, title, terms }: RankingRow): void {
    if (this.#candidates.has(label)) return;
    const passageRow = this.#matrix.add(passage, language, 'passage');
    const firstSentenceRow =
      sentences === null ? this.#matrix.size : this.#matrix.add(sentences, language, 'sentence');
    const titleRow = title === null ? null : this.#matrix.add(title, language, 'sentence');
    this.#candidates.set(label, {
      articleNumber,
      language,
      terms,
      passageRow,
      firstSentenceRow,
      sentences: sentences?.scales.length ?? 0,
      titleRow,
    });
  }
}
