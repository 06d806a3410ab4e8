import type { PieceVocabulary } from './piece-vocabulary.js';

/** 2²¹ bits, 256 kB: a prefix in six is taken for one of a piece that is none, with the 300,000 prefixes of 128,669 pieces. */
const PREFIX_BITS = 21;

/**
 * The ids of pieces, found without a string of them: by a hash that is made a code unit at a time, while a word is gone through. A
 * Bloom filter with that hash, of all that pieces begin with, tells when none goes on.
 * Memory: 12 bytes a piece and 256 kB, beside the vocabulary. Cost: about 50 ms for 128,669 pieces, the first time.
 * Source: Bloom 1970, Space/Time Trade-offs in Hash Coding with Allowable Errors; hashing with linear probing.
 */
export class PieceTable {
  readonly #units: Uint16Array;
  readonly #ends: Uint32Array;
  /** By id. */
  readonly #hashes: Int32Array;
  /** An id and 1, or 0; at most half of them are in use. */
  readonly #slots: Int32Array;
  readonly #slotBits: number;
  readonly #prefixes = new Uint8Array(2 ** (PREFIX_BITS - 3));

  /** Of the pieces, in code units. */
  readonly longest: number;

  constructor({ units, ends }: Pick<PieceVocabulary, 'units' | 'ends'>) {
    this.#units = units;
    this.#ends = ends;
    this.#hashes = new Int32Array(ends.length);
    this.#slotBits = Math.max(1, Math.ceil(Math.log2(2 * ends.length)));
    this.#slots = new Int32Array(2 ** this.#slotBits);
    let longest = 0;
    let start = 0;
    for (let id = 0; id < ends.length; id += 1) {
      const end = ends[id] ?? 0;
      let hash = 0;
      for (let i = start; i < end; i += 1) {
        hash = PieceTable.hashed(hash, units[i] ?? 0);
        this.#markPrefix(hash);
      }
      this.#hashes[id] = hash;
      this.#put(id, hash);
      longest = Math.max(longest, end - start);
      start = end;
    }
    this.longest = longest;
  }

  /** @param hash  Of the code units before, 0 if there are none. */
  static hashed(hash: number, codeUnit: number): number {
    return Math.imul((hash ^ codeUnit) + 0x9e_37_79_b9, 0x85_eb_ca_6b) ^ (hash >>> 13);
  }

  /** False when no piece begins with what has this hash, whether or not more follows. */
  mayBegin(hash: number): boolean {
    const place = hash >>> (32 - PREFIX_BITS);
    return ((this.#prefixes[place >>> 3] ?? 0) & (1 << (place & 7))) !== 0;
  }

  /**
   * @param hash  Of the word from `start` to before `end`.
   * @returns The id of the piece that this is, of several the last one's; −1 when it is none
   */
  idOf(hash: number, word: string, start: number, end: number): number {
    for (let slot = this.#firstSlot(hash); ; slot = this.#slotBehind(slot)) {
      const id = (this.#slots[slot] ?? 0) - 1;
      if (id < 0 || (this.#hashes[id] === hash && this.#isWord(id, word, start, end))) return id;
    }
  }

  #put(id: number, hash: number): void {
    let slot = this.#firstSlot(hash);
    for (let other = (this.#slots[slot] ?? 0) - 1; other >= 0; other = (this.#slots[slot] ?? 0) - 1) {
      if (this.#hashes[other] === hash && this.#isWord(other, this.#textOf(id), 0)) break;
      slot = this.#slotBehind(slot);
    }
    this.#slots[slot] = id + 1;
  }

  #firstSlot(hash: number): number {
    return hash >>> (32 - this.#slotBits);
  }

  #slotBehind(slot: number): number {
    return (slot + 1) & (this.#slots.length - 1);
  }

  #isWord(id: number, word: string, start: number, end = word.length): boolean {
    const first = this.#startOf(id);
    if ((this.#ends[id] ?? 0) - first !== end - start) return false;
    for (let i = start; i < end; i += 1) {
      if (this.#units[first + i - start] !== word.charCodeAt(i)) return false;
    }
    return true;
  }

  #textOf(id: number): string {
    return String.fromCharCode(...this.#units.subarray(this.#startOf(id), this.#ends[id]));
  }

  #startOf(id: number): number {
    return id === 0 ? 0 : (this.#ends[id - 1] ?? 0);
  }

  #markPrefix(hash: number): void {
    const place = hash >>> (32 - PREFIX_BITS);
    this.#prefixes[place >>> 3] = (this.#prefixes[place >>> 3] ?? 0) | (1 << (place & 7));
  }
}
