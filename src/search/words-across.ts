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
  readonly #found = new Map<PassageTerms, Float64Array>();

  constructor(words: readonly WordAcross[]) {
    this.words = words;
    for (const [word, { translations, names }] of words.entries()) {
      for (const { hash, sureness } of translations) this.#translations.add(hash, { word, sureness });
      for (const hash of names) this.#names.add(hash, { word, sureness: 1 });
    }
  }

  /**
   * How sure it is of each word that it stands in a passage or its title. Kept: whoever has time before it is needed may ask ahead.
   * Cost: 0.5 to 1 µs, the first time.
   */
  find(terms: PassageTerms): Float64Array {
    const known = this.#found.get(terms);
    if (known !== undefined) return known;
    const missing = new Float64Array(this.words.length).fill(1);
    this.#translations.take(terms.words, missing);
    this.#translations.take(terms.titleWords, missing);
    this.#names.take(terms.skeletons, missing);
    this.#names.take(terms.titleSkeletons, missing);
    const found = missing;
    for (let word = 0; word < found.length; word++) found[word] = 1 - (missing[word] ?? 1);
    this.#found.set(terms, found);
    return found;
  }
}

/**
 * Holds the words of a question against candidates in the other language. How common a word is there, the
 * candidates tell: the archive's own counts are of words in one language.
 */
export class AcrossJudge {
  readonly #asked: WordsAcross;
  /** By word: a name may be a word that reads otherwise in the other language; that none has its consonants tells nothing. */
  readonly #isKnown: readonly boolean[];
  readonly #worths: Float64Array;
  readonly #all: number;
  /** Of all candidates alike. */
  readonly #known: number;
  readonly #brevity: number;

  /**
   * @param candidates  All in the other language that are ranked together.
   */
  constructor(asked: WordsAcross, candidates: readonly PassageTerms[]) {
    const { words } = asked;
    this.#asked = asked;
    this.#isKnown = words.map(({ translations }) => translations.length > 0);
    this.#worths = this.#weigh(candidates.map((terms) => asked.find(terms)));
    this.#all = this.#worths.reduce((sum, worth) => sum + worth, 0);
    this.#brevity = words.length === 0 ? 0 : 1 / words.length;
    this.#known = this.#isKnown.filter((isKnown) => isKnown).length * this.#brevity;
  }

  /** @param terms  Of one of the candidates. */
  judge(terms: PassageTerms): AcrossFeatures {
    const found = this.#asked.find(terms);
    let share = 0;
    let untranslated = 0;
    for (let word = 0; word < found.length; word++) {
      const worth = this.#worths[word] ?? 0;
      const sureness = found[word] ?? 0;
      share += worth * sureness;
      if (this.#isKnown[word]) untranslated = Math.max(untranslated, worth * (1 - sureness));
    }
    const translated = this.#all === 0 ? 0 : share / this.#all;
    return { translated, untranslated, known: this.#known, brevity: this.#brevity };
  }

  #weigh(candidates: readonly Float64Array[]): Float64Array {
    const most = stemWeight(0, candidates.length);
    const holding = new Float64Array(this.#isKnown.length);
    for (const found of candidates) {
      for (let word = 0; word < holding.length; word++) {
        holding[word] = (holding[word] ?? 0) + (found[word] ?? 0);
      }
    }
    return holding.map((sum, word) =>
      this.#isKnown[word] || sum > 0 ? stemWeight(sum, candidates.length) / most : UNKNOWN_WORTH,
    );
  }
}

interface Meaning {
  readonly word: number;
  readonly sureness: number;
}

/** The terms of a question by hash. A passage has a hundred and more, of which few are among them. */
class TermSlots {
  /** Whether any term of the question is in a slot. */
  readonly #isTaken = new Uint8Array(SLOTS);
  readonly #meanings = new Map<number, Meaning[]>();

  add(hash: number, meaning: Meaning): void {
    this.#isTaken[hash & (SLOTS - 1)] = 1;
    this.#meanings.set(hash, [...(this.#meanings.get(hash) ?? []), meaning]);
  }

  /** @param missing  Of each word, how likely it is missing: less with each of its terms that is there. */
  take({ hashes }: TermCounts, missing: Float64Array): void {
    for (let i = 0; i < hashes.length; i++) {
      const hash = hashes[i] ?? 0;
      if (this.#isTaken[hash & (SLOTS - 1)] === 0) continue;
      for (const { word, sureness } of this.#meanings.get(hash) ?? []) {
        missing[word] = (missing[word] ?? 1) * (1 - sureness);
      }
    }
  }
}
