import { readFile } from 'node:fs/promises';
import { FihristError } from '../domain/errors.js';
import { quoteValue } from '../text/describe-value.js';
import { firstPlaceOf, hashTerm } from '../text/passage-terms.js';

/** A stem of the other language. */
export interface Translation {
  /** `hashTerm` of it. */
  readonly hash: number;
  /** How sure it is that a passage with it has the word, 0…1. */
  readonly sureness: number;
}

/** Both directions of one translation beside each other: of `from`, `to` and `sureness`, which is told in percent. */
interface Pairs {
  readonly from: number[];
  readonly to: number[];
  readonly sureness: number[];
}

/** More than there are translations. A hash and a place together are a whole number that a double holds. */
const PLACES = 2 ** 20;

/**
 * Which words of the two languages stand for one another, by stem; from either language, for no stem is of both.
 * Memory: 9 bytes a translation and direction; 1 MB for the table that is shipped.
 */
export class WordTranslations {
  /** Rising; a stem of several translations as often as it has some. */
  readonly #from: Uint32Array;
  readonly #to: Uint32Array;
  readonly #sureness: Uint8Array;

  /**
   * @param table  Lines: an English stem, tab, its Arabic stems, each with a blank and 0…99. Those that begin with # are passed over.
   * @throws an Error that names the line and what is wrong with it
   * Cost: about 50 ms for the table that is shipped.
   */
  constructor(table: string) {
    const { from, to, sureness } = pairsOf(table);
    const byHash = new Float64Array(from.length);
    for (let place = 0; place < byHash.length; place++) byHash[place] = (from[place] ?? 0) * PLACES + place;
    byHash.sort();
    this.#from = new Uint32Array(from.length);
    this.#to = new Uint32Array(from.length);
    this.#sureness = new Uint8Array(from.length);
    for (let i = 0; i < byHash.length; i++) {
      const place = (byHash[i] ?? 0) % PLACES;
      this.#from[i] = from[place] ?? 0;
      this.#to[i] = to[place] ?? 0;
      this.#sureness[i] = sureness[place] ?? 0;
    }
  }

  /** @returns The surest first; none of a stem that is not known. Cost: halving. */
  of(stem: string): Translation[] {
    const hash = hashTerm(stem);
    const found: Translation[] = [];
    for (let i = firstPlaceOf(this.#from, hash); this.#from[i] === hash; i++) {
      found.push({ hash: this.#to[i] ?? 0, sureness: (this.#sureness[i] ?? 0) / 100 });
    }
    return found.sort((a, b) => b.sureness - a.sureness);
  }
}

/** @throws MODEL_NOT_FOUND, MODEL_FILE_ALTERED (operator) */
export async function readWordTranslations(file: string): Promise<WordTranslations> {
  const table = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new FihristError(
      'MODEL_NOT_FOUND',
      `The table of word translations ${file} is missing or cannot be read.`,
      { details: { file }, cause },
    );
  });
  try {
    return new WordTranslations(table);
  } catch (cause) {
    throw new FihristError(
      'MODEL_FILE_ALTERED',
      `The table of word translations ${file} is altered or cut: ${cause instanceof Error ? cause.message : String(cause)}.`,
      { details: { file }, cause },
    );
  }
}

function pairsOf(table: string): Pairs {
  const pairs: Pairs = { from: [], to: [], sureness: [] };
  const add = (from: number, to: number, sureness: number) => {
    pairs.from.push(from);
    pairs.to.push(to);
    pairs.sureness.push(sureness);
  };
  for (const [number, line] of table.split('\n').entries()) {
    if (line === '' || line.startsWith('#')) continue;
    const [english = '', arabic = '', ...more] = line.split('\t');
    const parts = arabic.split(' ');
    // Part by part: one expression for a line takes half of the time that reading takes.
    let isWhole = more.length === 0 && /^\S+$/.test(english);
    const one = hashTerm(english);
    for (let i = 0; i < parts.length; i += 2) {
      const [stem = '', percent = ''] = [parts[i], parts[i + 1]];
      isWhole &&= stem !== '' && /^\d\d?$/.test(percent);
      const other = hashTerm(stem);
      const sureness = Number(percent);
      add(one, other, sureness);
      add(other, one, sureness);
    }
    if (!isWhole) throw new Error(`line ${number + 1} is ${quoteValue(line)}`);
  }
  return pairs;
}
