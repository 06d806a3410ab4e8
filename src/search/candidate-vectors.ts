import type { Centring } from '../embedding/centring.js';
import type { ArticleStoreReader, RankingRow } from '../storage/article-store.js';
import { SentenceMatrix } from './sentence-matrix.js';

/** Where the vectors of a candidate lie: its sentences in successive rows, then its article's title. */
export interface CandidateRows {
  readonly firstRow: number;
  /** 0 when the passage is one sentence. */
  readonly sentences: number;
  /** Null when the article has no title. */
  readonly titleRow: number | null;
}

/** What candidates are ranked by. */
export interface RankingVectors {
  /** By label. */
  readonly candidates: ReadonlyMap<number, CandidateRows>;
  readonly matrix: Pick<SentenceMatrix, 'similarities'>;
}

export interface CandidateVectorsOptions {
  readonly store: Pick<ArticleStoreReader, 'rankingRows'>;
  readonly centring: Centring;
  readonly dimensions: number;
  /** Vectors that are kept, sentences and titles. Default: 125,000 (48 MB at 384 dimensions). */
  readonly mostRows?: number;
}

/**
 * The vectors by which candidates are ranked, read from the store once and kept for as long as nothing changes there.
 * Memory: at most `mostRows` and those of one block of candidates; beyond that it starts anew.
 */
export class CandidateVectors {
  readonly #store: CandidateVectorsOptions['store'];
  readonly #mostRows: number;
  readonly #matrix: SentenceMatrix;
  readonly #candidates = new Map<number, CandidateRows>();
  #generation = -1;
  /** Rises when what was kept is forgotten. */
  #beginning = 0;

  constructor({ store, centring, dimensions, mostRows = 125_000 }: CandidateVectorsOptions) {
    this.#store = store;
    this.#mostRows = mostRows;
    this.#matrix = new SentenceMatrix(dimensions, centring);
  }

  /**
   * Makes sure that the vectors of `labels` are here, and ranks by them at once: rows are used again, so what `rank`
   * was given is not valid any more when it has returned.
   * @param generation  Of the store, read before: what was kept of an older one is forgotten.
   * @param rank  Not given labels that are gone.
   */
  async rankBy<Ranked>(
    labels: readonly number[],
    generation: number,
    rank: (vectors: RankingVectors) => Ranked,
  ): Promise<Ranked> {
    for (;;) {
      if (generation > this.#generation || this.#matrix.size > this.#mostRows) this.#startAnew(generation);
      const missing = labels.filter((label) => !this.#candidates.has(label));
      const beginning = this.#beginning;
      const found = missing.length === 0 ? [] : await this.#store.rankingRows(missing);
      // While this search was reading, another one may have met a newer generation.
      if (beginning !== this.#beginning) continue;
      for (const row of found) this.#keep(row);
      return rank({ candidates: this.#candidates, matrix: this.#matrix });
    }
  }

  #startAnew(generation: number): void {
    this.#generation = Math.max(generation, this.#generation);
    this.#beginning += 1;
    this.#candidates.clear();
    this.#matrix.clear();
  }

  #keep({ label, language, sentences, title }: RankingRow): void {
    if (this.#candidates.has(label)) return;
    const firstRow = sentences === null ? this.#matrix.size : this.#matrix.add(sentences, language);
    const titleRow = title === null ? null : this.#matrix.add(title, language);
    this.#candidates.set(label, { firstRow, sentences: sentences?.scales.length ?? 0, titleRow });
  }
}
