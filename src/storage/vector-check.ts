import type { SummedVectors } from './article-reads.js';
import { areVectorsWhole } from './row-checksums.js';

/**
 * Tells stored vectors that are what was stored from those that are not, before anything is computed with them: a
 * length that is wrong, or a NaN, would go unnoticed or end the process.
 * Memory: a bit a label.
 */
export class VectorCheck {
  readonly #onDamaged: (label: number) => void;
  readonly #told = new Set<number>();
  #checked = new Uint8Array(0);

  /** @param onDamaged  Told once of each passage that is damaged. */
  constructor(onDamaged: (label: number) => void) {
    this.#onDamaged = onDamaged;
  }

  /** By its checksum, whenever it is asked. */
  isWhole(label: number, row: SummedVectors): boolean {
    const { vector_sum, embedding, sentence_vectors, title_vector } = row;
    if (areVectorsWhole(vector_sum, embedding, sentence_vectors, title_vector)) return true;
    this.tell(label);
    return false;
  }

  /**
   * By its checksum when it is read for the first time, and by its length after that: 100 of them are read for a
   * search, again after each change of the archive.
   */
  isWholeOnce(label: number, row: SummedVectors): boolean {
    if (this.#wasChecked(label) && hasOneDimension(row)) return true;
    if (!this.isWhole(label, row)) return false;
    this.#note(label);
    return true;
  }

  #wasChecked(label: number): boolean {
    return ((this.#checked[Math.floor(label / 8)] ?? 0) & (1 << (label & 7))) !== 0;
  }

  #note(label: number): void {
    const at = Math.floor(label / 8);
    if (at >= this.#checked.length) {
      const grown = new Uint8Array(Math.max(1_024, 2 * at));
      grown.set(this.#checked);
      this.#checked = grown;
    }
    this.#checked[at] = (this.#checked[at] ?? 0) | (1 << (label & 7));
  }

  /** Tells of a passage that was found damaged otherwise. */
  tell(label: number): void {
    if (this.#told.has(label)) return;
    this.#told.add(label);
    this.#onDamaged(label);
  }
}

/** Whether the lengths fit each other: numbers of 4 bytes, and of 1 byte with 4 more for a scale. */
function hasOneDimension({ embedding, sentence_vectors, title_vector }: SummedVectors): boolean {
  const quantised = embedding.byteLength / 4 + 4;
  return (
    Number.isInteger(quantised) &&
    (sentence_vectors === null || sentence_vectors.byteLength % quantised === 0) &&
    (title_vector === null || title_vector.byteLength === quantised)
  );
}
