/** Most posting lists that are kept: the words that questions are full of. At 100,000 passages 3 MB of memory. */
const MOST_LISTS = 256;

/** A list is read again when its length has changed by more than this share of it. */
const TOLERATED_CHANGE = 1 / 20;

interface KeptList {
  readonly entries: number;
  /** One bit a label. */
  readonly bits: Uint8Array;
}

/**
 * Long posting lists, kept as bits from one question to the next. They may be a little old: they only help to
 * estimate, and what is estimated high is judged exactly, by whoever asked if not here.
 */
export class FrequentWords {
  readonly #lists = new Map<string, KeptList>();

  /** Frees what is kept. */
  forget(): void {
    this.#lists.clear();
  }

  /**
   * @param entries  Length of the list now.
   * @param read  Reads it, when it is not kept or has changed too much.
   * @returns one bit a label, the lowest first
   */
  bits(stem: string, entries: number, read: () => readonly number[]): Uint8Array {
    let kept = this.#lists.get(stem);
    if (kept === undefined || Math.abs(kept.entries - entries) > entries * TOLERATED_CHANGE) {
      kept = { entries, bits: toBits(read()) };
    }
    // The list that was asked for longest ago stands first in the map.
    this.#lists.delete(stem);
    this.#lists.set(stem, kept);
    const [oldest] = this.#lists.keys();
    if (this.#lists.size > MOST_LISTS && oldest !== undefined) this.#lists.delete(oldest);
    return kept.bits;
  }
}

/** @param labels  Rising. */
function toBits(labels: readonly number[]): Uint8Array {
  const bits = new Uint8Array(((labels.at(-1) ?? 0) >>> 3) + 1);
  for (const label of labels) {
    const byte = label >>> 3;
    bits[byte] = (bits[byte] ?? 0) | (1 << (label & 7));
  }
  return bits;
}
