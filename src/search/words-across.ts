import { stemWeight } from '../storage/bm25.js';
import type { PassageTerms, TermCounts } from '../text/passage-terms.js';
import type { QueryText } from './query-terms.js';
import type { Translation, WordTranslations } from './word-translations.js';

/** A word of a question, as a passage in the other language has it. */
export interface WordAcross {
  readonly translations: readonly Translation[];
  /** Readings of a name or number, by hash of their consonants. */
  readonly names: readonly number[];
}

/** How a passage in the other language answers to the words of a question. */
export interface AcrossFeatures {
  /** Share of the words that text or title have, each by its worth: as a translation or by its consonants. */
  readonly translated: number;
  /** What the rarest word is worth of which neither stands there, 0…1; words that nothing is known of are not asked for. */
  readonly untranslated: number;
  /** Share of the question's words of which a translation is known. */
  readonly known: number;
  /** 1 ÷ the number of the question's words: short questions lie less near to what answers them. 0 when it has none. */
  readonly brevity: number;
}

/** What a word is worth of which nothing is known in the other language: passages cannot earn it. */
const UNKNOWN_WORTH = 0.7;

/** Of slots: a power of 2, well above the terms of a question, so that most terms of a passage meet an empty one. */
const SLOTS = 4096;

/** What the words of a question are in the other language. */
export function wordsAcross(
  { stems, names }: Pick<QueryText, 'stems' | 'names'>,
  translations: Pick<WordTranslations, 'of'>,
): WordsAcross {
  return new WordsAcross(
    stems.map((stem, i) => ({ translations: translations.of(stem), names: names[i] ?? [] })),
  );
}

/** Looks for the words of one question in passages of the other language, whatever other passages there are. */
export class WordsAcross {
  /** In the order of the question's stems. */
  readonly words: readonly WordAcross[];
  readonly #translations = new TermSlots();
  readonly #names = new TermSlots();

  constructor(words: readonly WordAcross[]) {
    this.words = words;
    for (const [word, { translations, names }] of words.entries()) {
      for (const { hash, sureness } of translations) this.#translations.add(hash, { word, sureness });
      for (const hash of names) this.#names.add(hash, { word, sureness: 1 });
    }
  }

  /**
   * How sure it is of each word that it stands in a passage or its title.
   * @param found  Where that is put, from `at` on: a number for each word.
   * Cost: 0.5 to 1 µs.
   */
  find(terms: PassageTerms, found: Float64Array, at: number): void {
    const end = at + this.words.length;
    // First how likely each word is missing.
    found.fill(1, at, end);
    this.#translations.take(terms.words, found, at);
    this.#translations.take(terms.titleWords, found, at);
    this.#names.take(terms.skeletons, found, at);
    this.#names.take(terms.titleSkeletons, found, at);
    for (let i = at; i < end; i++) found[i] = 1 - (found[i] as number);
  }
}

/**
 * Holds the words of a question against candidates in the other language, by place in their list. How common a word is
 * there, the candidates tell: the archive's own counts are of words in one language.
 */
export class AcrossJudge {
  /** By word: a name may be a word that reads otherwise in the other language; that none has its consonants tells nothing. */
  readonly #isKnown: readonly boolean[];
  /** For each candidate a number for each word. */
  readonly #found: Float64Array;
  readonly #worths: Float64Array;
  readonly #all: number;
  /** See AcrossFeatures; of all candidates alike, and so the next. */
  readonly known: number;
  readonly brevity: number;

  /** @param candidates  All in the other language that are ranked together. */
  constructor(asked: WordsAcross, candidates: readonly PassageTerms[]) {
    const { words } = asked;
    this.#isKnown = words.map(({ translations }) => translations.length > 0);
    this.#found = new Float64Array(candidates.length * words.length);
    for (const [place, terms] of candidates.entries()) asked.find(terms, this.#found, place * words.length);
    this.#worths = this.#weigh(candidates.length);
    this.#all = this.#worths.reduce((sum, worth) => sum + worth, 0);
    this.brevity = words.length === 0 ? 0 : 1 / words.length;
    this.known = this.#isKnown.filter((isKnown) => isKnown).length * this.brevity;
  }

  /** See AcrossFeatures. */
  translated(place: number): number {
    if (this.#all === 0) return 0;
    const worths = this.#worths;
    const at = place * worths.length;
    let share = 0;
    for (let word = 0; word < worths.length; word++) {
      share += (worths[word] as number) * (this.#found[at + word] as number);
    }
    return share / this.#all;
  }

  /** See AcrossFeatures. */
  untranslated(place: number): number {
    const worths = this.#worths;
    const at = place * worths.length;
    let untranslated = 0;
    for (let word = 0; word < worths.length; word++) {
      const missing = 1 - (this.#found[at + word] as number);
      if (this.#isKnown[word]) untranslated = Math.max(untranslated, (worths[word] as number) * missing);
    }
    return untranslated;
  }

  #weigh(candidates: number): Float64Array {
    const most = stemWeight(0, candidates);
    const holding = new Float64Array(this.#isKnown.length);
    for (let i = 0; i < this.#found.length; i++) {
      const word = i % holding.length;
      holding[word] = (holding[word] as number) + (this.#found[i] as number);
    }
    return holding.map((sum, word) =>
      this.#isKnown[word] || sum > 0 ? stemWeight(sum, candidates) / most : UNKNOWN_WORTH,
    );
  }
}

interface Meaning {
  readonly word: number;
  readonly sureness: number;
}

/** The terms of a question by hash. A passage has a hundred and more, of which few are among them. */
class TermSlots {
  /** A bit a slot: whether any term of the question is in it. */
  readonly #taken = new Uint32Array(SLOTS / 32);
  readonly #meanings = new Map<number, Meaning[]>();

  add(hash: number, meaning: Meaning): void {
    const word = slotOf(hash) >>> 5;
    this.#taken[word] = (this.#taken[word] as number) | (1 << (hash & 31));
    const meanings = this.#meanings.get(hash);
    if (meanings === undefined) this.#meanings.set(hash, [meaning]);
    else meanings.push(meaning);
  }

  /** @param missing  Of each word, from `at` on, how likely it is missing: less with each of its terms that is there. */
  take({ hashes, start, end }: TermCounts, missing: Float64Array, at: number): void {
    const taken = this.#taken;
    for (let i = start; i < end; i++) {
      const hash = hashes[i] as number;
      if (((taken[slotOf(hash) >>> 5] as number) & (1 << (hash & 31))) === 0) continue;
      for (const { word, sureness } of this.#meanings.get(hash) ?? []) {
        missing[at + word] = (missing[at + word] as number) * (1 - sureness);
      }
    }
  }
}

function slotOf(hash: number): number {
  return hash & (SLOTS - 1);
}
