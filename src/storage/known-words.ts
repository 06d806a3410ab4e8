import { FrequentWords } from './frequent-words.js';
import { LengthScores } from './length-scores.js';
import { LENGTHS, type WordReads } from './word-reads.js';

/** Stands for a label that is not of the fingerprint. */
const NO_LENGTH = LENGTHS - 1;

/**
 * What is known of one fingerprint's words: read once, then kept up to the store's generation.
 * Lengths stay for ever: a label is never used again, and its text and fingerprint never change. So only labels that
 * were added are read. How many passages there are and which words they have is forgotten with each generation.
 * Memory: 2 bytes a label.
 */
export class KnownWords {
  readonly fingerprint: number;
  readonly #reads: WordReads;
  readonly #passagesWith = new Map<string, number>();
  readonly #frequent = new FrequentWords();
  #generation = -1;
  #lastLabel = -1;
  #lengths: Uint16Array = new Uint16Array(0);
  #passages = 0;
  #meanLength = 0;
  #lengthScores: LengthScores | null = null;

  constructor(fingerprint: number, reads: WordReads) {
    this.fingerprint = fingerprint;
    this.#reads = reads;
  }

  /** Belongs before every use, in the same transaction. */
  refresh(): void {
    const generation = this.#reads.generation();
    if (generation === this.#generation) return;
    this.#passagesWith.clear();
    const { passages, words } = this.#reads.totals(this.fingerprint);
    this.#passages = passages;
    this.#meanLength = passages === 0 ? 0 : words / passages;
    this.#lengthScores = null;
    this.#readNewLengths();
    this.#generation = generation;
  }

  get passages(): number {
    return this.#passages;
  }

  get meanLength(): number {
    return this.#meanLength;
  }

  /** Labels are below it. */
  get labelEnd(): number {
    return this.#lastLabel + 1;
  }

  has(label: number): boolean {
    return (this.#lengths[label] ?? NO_LENGTH) !== NO_LENGTH;
  }

  /** By label: words of a passage of this fingerprint, 65,534 at most. */
  get lengths(): Uint16Array {
    return this.#lengths;
  }

  get lengthScores(): LengthScores {
    this.#lengthScores ??= new LengthScores(this.#meanLength);
    return this.#lengthScores;
  }

  passagesWith(stem: string): number {
    let count = this.#passagesWith.get(stem);
    if (count === undefined) {
      count = this.#reads.passagesWith(stem, this.fingerprint);
      this.#passagesWith.set(stem, count);
    }
    return count;
  }

  /** Frees what is read again when it is asked for; lengths stay. */
  forget(): void {
    this.#passagesWith.clear();
    this.#frequent.forget();
  }

  /** Which passages have a stem that many have, one bit a label; may be a little old (FrequentWords). */
  frequentBits(stem: string): Uint8Array {
    const key = { fingerprint: this.fingerprint, mark: 'once' } as const;
    return this.#frequent.bits(stem, this.passagesWith(stem), () => this.#reads.labelsWith(stem, key));
  }

  #readNewLengths(): void {
    const packed = this.#reads.packedLengths(this.fingerprint, this.#lastLabel);
    const last = packed.at(-1);
    if (last === undefined) return;
    this.#lastLabel = Math.floor(last / LENGTHS);
    if (this.#lastLabel >= this.#lengths.length) {
      // Half as much again, so that an archive that grows by articles is not copied at each.
      const grown = new Uint16Array(Math.ceil((this.#lastLabel + 1) * 1.5)).fill(NO_LENGTH);
      grown.set(this.#lengths);
      this.#lengths = grown;
    }
    for (const entry of packed) this.#lengths[Math.floor(entry / LENGTHS)] = entry % LENGTHS;
  }
}
