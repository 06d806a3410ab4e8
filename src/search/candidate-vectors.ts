import type { Language } from '../domain/language.js';
import type { Centring } from '../embedding/centring.js';
import type { ArticleStoreReader, SentenceVectors } from '../storage/article-store.js';

/** Rows of 8-bit vectors with the length that each has when centred, which no question changes. */
export interface PreparedRows extends SentenceVectors {
  /** Of c·s − m, shape [rows]. */
  readonly centredLengths: Float32Array;
}

export interface PreparedCandidate {
  readonly language: Language;
  /** Null when the passage is one sentence. */
  readonly sentences: PreparedRows | null;
  /** Null when the article has no title. */
  readonly title: PreparedRows | null;
}

/** About 2.5 KB each: 50 MB at the most. */
const MOST_CANDIDATES = 20_000;

/**
 * The vectors by which candidates are ranked, read from the store once and kept for as long as nothing changes there.
 * Memory: at most 20,000 candidates; beyond that it starts anew.
 */
export class CandidateVectors {
  readonly #store: Pick<ArticleStoreReader, 'rankingRows'>;
  readonly #centring: Centring;
  readonly #kept = new Map<number, PreparedCandidate>();
  #generation = -1;

  constructor(store: Pick<ArticleStoreReader, 'rankingRows'>, centring: Centring) {
    this.#store = store;
    this.#centring = centring;
  }

  /**
   * @param generation  Of the store, read before: what was kept of another one is forgotten.
   * @returns By label; labels that are gone are left out.
   */
  async of(labels: readonly number[], generation: number): Promise<ReadonlyMap<number, PreparedCandidate>> {
    if (generation !== this.#generation || this.#kept.size > MOST_CANDIDATES) {
      this.#kept.clear();
      this.#generation = generation;
    }
    const missing = labels.filter((label) => !this.#kept.has(label));
    if (missing.length > 0) {
      for (const { label, language, sentences, title } of await this.#store.rankingRows(missing)) {
        const mean = this.#centring.mean(language, 'sentence');
        this.#kept.set(label, {
          language,
          sentences: prepareRows(sentences, mean),
          title: prepareRows(title, mean),
        });
      }
    }
    return this.#kept;
  }
}

/** |c·s − m|² = c²(s·s) − 2c(s·m) + m·m */
export function prepareRows(rows: SentenceVectors | null, mean: Float32Array | null): PreparedRows | null {
  if (rows === null) return null;
  const { codes, scales } = rows;
  const dimensions = codes.length / scales.length;
  const meanSquared = mean?.reduce((sum, value) => sum + value * value, 0) ?? 0;
  const centredLengths = scales.map((scale, row) => {
    let withItself = 0;
    let withMean = 0;
    for (let i = 0; i < dimensions; i++) {
      const code = codes[row * dimensions + i] as number;
      withItself += code * code;
      withMean += code * (mean?.[i] ?? 0);
    }
    return Math.sqrt(Math.max(0, scale * scale * withItself - 2 * scale * withMean + meanSquared));
  });
  return { codes, scales, centredLengths };
}
