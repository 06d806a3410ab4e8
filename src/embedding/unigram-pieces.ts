import { PieceTable } from './piece-table.js';
import type { PieceVocabulary } from './piece-vocabulary.js';

/** What an unknown character costs beside the rarest piece. Source: SentencePiece, `kUnkPenalty`. */
const UNKNOWN_PENALTY = 10;

const NONE = -1;

/** In code units. The memory for a longer one is not kept for the next. */
const LONG_WORD = 100;

/**
 * The most probable pieces of words, from a vocabulary with probabilities.
 * Ties and rounding are those of transformers.js: sums are made in the same order, and of equal ones the first is kept.
 * Memory: about 40 bytes a piece. Cost: about .3 µs a character.
 * Source: Kudo 2018, Subword Regularization; the best pieces by Viterbi.
 */
export class UnigramPieces {
  readonly #table: PieceTable;
  readonly #scores: Float64Array;
  readonly #unknownId: number;
  readonly #lattice = new Lattice();

  /** @param unknownId  What a character gets that is no piece. */
  constructor(vocabulary: PieceVocabulary, unknownId: number) {
    this.#table = new PieceTable(vocabulary);
    this.#scores = vocabulary.scores.slice();
    const least = this.#scores.reduce((low, score) => Math.min(low, score), Number.POSITIVE_INFINITY);
    this.#scores[unknownId] = least - UNKNOWN_PENALTY;
    this.#unknownId = unknownId;
  }

  /** @returns Ids; unknown characters in a row are one */
  idsOf(word: string): number[] {
    const lattice = word.length > LONG_WORD ? new Lattice() : this.#lattice;
    lattice.begin(word.length);
    for (let start = 0; start < word.length; start = nextCodePoint(word, start)) {
      this.#addPieces(lattice, word, start);
    }
    return this.#idsBackFrom(lattice, lattice.bestAt(word.length, 0));
  }

  /** All pieces that begin at `start`; the unknown one when the character there is none. */
  #addPieces(lattice: Lattice, word: string, start: number): void {
    const afterFirst = nextCodePoint(word, start);
    // What the filter takes for a piece by mistake could go on for as long as somebody wrote it to.
    const farthest = Math.min(word.length, start + this.#table.longest);
    let isKnown = false;
    let hash = 0;
    for (let unit = start, end = afterFirst; end <= farthest; end = nextCodePoint(word, end)) {
      for (; unit < end; unit += 1) hash = PieceTable.hashed(hash, word.charCodeAt(unit));
      if (!this.#table.mayBegin(hash)) break;
      const id = this.#table.idOf(hash, word, start, end);
      if (id < 0) continue;
      lattice.add(id, start, end, this.#scores[id] ?? 0);
      if (end === afterFirst) isKnown = true;
    }
    if (!isKnown) lattice.add(this.#unknownId, start, afterFirst, this.#scores[this.#unknownId] ?? 0);
  }

  #idsBackFrom(lattice: Lattice, last: number): number[] {
    const ids: number[] = [];
    for (let node = last; node !== NONE; node = lattice.before(node)) {
      const id = lattice.id(node);
      if (id !== this.#unknownId || ids.at(-1) !== this.#unknownId) ids.push(id);
    }
    return ids.reverse();
  }
}

/**
 * The pieces of a word, in the order of where they begin, each with the best of those before it. Places are in code units.
 * Used for one word after the other: its memory is that of the longest one, 30 bytes for each piece that lies in it.
 */
class Lattice {
  readonly #ids: number[] = [];
  /** Of a piece and those before it. */
  readonly #scores: number[] = [];
  readonly #before: number[] = [];
  /** The next node that ends where this one does. */
  readonly #next: number[] = [];
  readonly #firstAt: number[] = [];
  readonly #lastAt: number[] = [];
  #count = 0;

  /** Begins a word of so many code units. */
  begin(length: number): void {
    this.#count = 0;
    for (let place = 0; place <= length; place += 1) this.#firstAt[place] = NONE;
  }

  add(id: number, start: number, end: number, score: number): void {
    const before = this.bestAt(start, score);
    const node = this.#count;
    this.#count += 1;
    this.#ids[node] = id;
    this.#scores[node] = before === NONE ? score : this.#score(before) + score;
    this.#before[node] = before;
    this.#next[node] = NONE;
    if (this.#firstAt[end] === NONE) this.#firstAt[end] = node;
    else this.#next[this.#lastAt[end] ?? NONE] = node;
    this.#lastAt[end] = node;
  }

  /** The node that ends at a place with which what has `score` is most probable, the first of equal ones; NONE at the beginning. */
  bestAt(place: number, score: number): number {
    let best = this.#firstAt[place] ?? NONE;
    for (let node = this.#after(best); node !== NONE; node = this.#after(node)) {
      if (this.#score(node) + score > this.#score(best) + score) best = node;
    }
    return best;
  }

  id(node: number): number {
    return this.#ids[node] ?? NONE;
  }

  before(node: number): number {
    return this.#before[node] ?? NONE;
  }

  #score(node: number): number {
    return this.#scores[node] ?? 0;
  }

  #after(node: number): number {
    return this.#next[node] ?? NONE;
  }
}

/** Where the code point behind the one at `at` begins. */
function nextCodePoint(word: string, at: number): number {
  return at + ((word.codePointAt(at) ?? 0) > 0xff_ff ? 2 : 1);
}
