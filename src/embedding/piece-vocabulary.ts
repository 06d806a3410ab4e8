/** Pieces of words with the logarithms of their probabilities, without a string of each. A piece's place is its id. */
export interface PieceVocabulary {
  /** Code units of all pieces, one behind another. */
  readonly units: Uint16Array;
  /** Where each piece ends in `units`; the next one begins there. */
  readonly ends: Uint32Array;
  readonly scores: Float64Array;
}

export interface TakenVocabulary {
  readonly vocabulary: PieceVocabulary;
  /** The file with an empty list in its place. */
  readonly rest: string;
}

const VOCABULARY = /(?<!\\)"vocab"\s*:\s*\[/;

/**
 * Takes the list of pieces, `[["▁un", -4.5], …]`, out of a tokenizer.json: to read that as JSON makes hundreds of thousands of
 * lists and strings, and a heap of 70 MB instead of 20.
 * @returns Null when the first list of that name is none of pieces
 * Cost: about 100 ms for 128,669 pieces, the first time that a thread does it.
 */
export function takeVocabulary(file: string): TakenVocabulary | null {
  const found = VOCABULARY.exec(file);
  if (found === null) return null;
  const start = found.index + found[0].length;
  const list = new PieceList(file, start);
  if (!list.read()) return null;
  return {
    vocabulary: list.vocabulary(),
    rest: `${file.slice(0, start)}]${file.slice(list.end)}`,
  };
}

const QUOTE = codeOf('"');
const OPENING = codeOf('[');
const CLOSING = codeOf(']');
const COMMA = codeOf(',');
const BLANK = codeOf(' ');
const MINUS = codeOf('-');
const POINT = codeOf('.');
const ZERO = codeOf('0');
const NINE = codeOf('9');
const NUMBER = /^\s*-?\d[\d.eE+-]*\s*$/;
/** Digits and a point: fifteen digits are a whole number that a double holds. */
const MOST_EXACT = 16;

class PieceList {
  readonly #text: string;
  #at: number;
  /** Where the next backslash is, so that it is not looked for with each piece. */
  #nextEscape = -1;
  readonly #units: Uint16Array;
  #size = 0;
  readonly #ends: number[] = [];
  readonly #scores: number[] = [];

  /** @param start  Behind the bracket that opens the list. */
  constructor(text: string, start: number) {
    this.#text = text;
    this.#at = start;
    this.#units = new Uint16Array(text.length - start);
  }

  /** Behind the bracket that closes it, once it is read. */
  get end(): number {
    return this.#at;
  }

  vocabulary(): PieceVocabulary {
    return {
      units: this.#units.slice(0, this.#size),
      ends: Uint32Array.from(this.#ends),
      scores: Float64Array.from(this.#scores),
    };
  }

  /** @returns Whether it is one of pieces, to its end */
  read(): boolean {
    if (this.#take(CLOSING)) return true;
    do {
      const isPiece = this.#take(OPENING) && this.#readText() && this.#take(COMMA) && this.#readNumber();
      if (!isPiece || !this.#take(CLOSING)) return false;
    } while (this.#take(COMMA));
    return this.#take(CLOSING);
  }

  #take(code: number): boolean {
    if (this.#next() !== code) return false;
    this.#at += 1;
    return true;
  }

  /** What stands next that is no space. */
  #next(): number {
    for (;;) {
      const code = this.#text.charCodeAt(this.#at);
      // JSON has no other spaces than blanks and what stands before them.
      if (!(code <= BLANK)) return code;
      this.#at += 1;
    }
  }

  #readText(): boolean {
    if (!this.#take(QUOTE)) return false;
    const end = this.#text.indexOf('"', this.#at);
    if (this.#nextEscape < this.#at) this.#nextEscape = placeOf(this.#text.indexOf('\\', this.#at));
    if (this.#nextEscape < end) return this.#readEscapedText();
    if (end < 0) return false;
    this.#addPiece(this.#at, end);
    return true;
  }

  #addPiece(start: number, end: number, text = this.#text): void {
    for (let i = start; i < end; i += 1) this.#units[this.#size++] = text.charCodeAt(i);
    this.#ends.push(this.#size);
    if (text === this.#text) this.#at = end + 1;
  }

  #readEscapedText(): boolean {
    const whole = /^(?:[^"\\]|\\.)*"/su.exec(this.#text.slice(this.#at, this.#at + 10_000))?.[0];
    if (whole === undefined) return false;
    try {
      const piece = JSON.parse(`"${whole}`) as string;
      this.#addPiece(0, piece.length, piece);
    } catch {
      return false;
    }
    this.#at += whole.length;
    return true;
  }

  #readNumber(): boolean {
    const isNegative = this.#next() === MINUS;
    let at = isNegative ? this.#at + 1 : this.#at;
    const first = at;
    let digits = 0;
    let point = -1;
    for (let code = this.#text.charCodeAt(at); ; code = this.#text.charCodeAt(++at)) {
      if (code >= ZERO && code <= NINE) digits = 10 * digits + code - ZERO;
      else if (code === POINT && point < 0 && at > first) point = at;
      else break;
    }
    if (this.#text.charCodeAt(at) !== CLOSING || at - first > MOST_EXACT || at === first)
      return this.#readAnyNumber();
    // Both are whole numbers that a double holds, so this is rounded once, as reading it is.
    const size = point < 0 ? digits : digits / 10 ** (at - point - 1);
    this.#scores.push(isNegative ? -size : size);
    this.#at = at;
    return true;
  }

  #readAnyNumber(): boolean {
    const end = this.#text.indexOf(']', this.#at);
    const number = this.#text.slice(this.#at, end);
    if (end < 0 || !NUMBER.test(number) || !Number.isFinite(Number(number))) return false;
    this.#scores.push(Number(number));
    this.#at = end;
    return true;
  }
}

function placeOf(found: number): number {
  return found < 0 ? Number.POSITIVE_INFINITY : found;
}

function codeOf(character: string): number {
  return character.charCodeAt(0);
}
