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

/** @returns In the order of the question's stems */
export function wordsAcross(
  { stems, names }: Pick<QueryText, 'stems' | 'names'>,
  translations: Pick<WordTranslations, 'of'>,
): WordAcross[] {
  return stems.map((stem, i) => ({ translations: translations.of(stem), names: names[i] ?? [] }));
}

/**
 * Holds the words of a question against candidates in the other language. How common a word is there, the
 * candidates tell: the archive's own counts are of words in one language.
 */
export class AcrossJudge {
  readonly #words: readonly WordAcross[];
  readonly #translations = new TermSlots();
  readonly #names = new TermSlots();
  readonly #found: ReadonlyMap<PassageTerms, Float64Array>;
  readonly #worths: Float64Array;
  readonly #all: number;

  /**
   * @param candidates  All in the other language that are ranked together.
   * Cost: 0.5 to 1 µs a candidate.
   */
  constructor(words: readonly WordAcross[], candidates: readonly PassageTerms[]) {
    this.#words = words;
    for (const [word, { translations, names }] of words.entries()) {
      for (const { hash, sureness } of translations) this.#translations.add(hash, { word, sureness });
      for (const hash of names) this.#names.add(hash, { word, sureness: 1 });
    }
    this.#found = new Map(candidates.map((terms) => [terms, this.#find(terms)]));
    this.#worths = this.#weigh();
    this.#all = this.#worths.reduce((sum, worth) => sum + worth, 0);
  }

  /** @param terms  Of one of the candidates, the same object. */
  judge(terms: PassageTerms): AcrossFeatures {
    const found = this.#found.get(terms);
    let share = 0;
    let untranslated = 0;
    for (const [word, worth] of this.#worths.entries()) {
      const sureness = found?.[word] ?? 0;
      share += worth * sureness;
      if (this.#isKnown(word)) untranslated = Math.max(untranslated, worth * (1 - sureness));
    }
    const brevity = this.#words.length === 0 ? 0 : 1 / this.#words.length;
    const known = this.#words.filter((_, word) => this.#isKnown(word)).length * brevity;
    return { translated: this.#all === 0 ? 0 : share / this.#all, untranslated, known, brevity };
  }

  /** How sure it is of each word that it stands there. */
  #find(terms: PassageTerms): Float64Array {
    const missing = new Float64Array(this.#words.length).fill(1);
    this.#translations.take(terms.words, missing);
    this.#translations.take(terms.titleWords, missing);
    this.#names.take(terms.skeletons, missing);
    this.#names.take(terms.titleSkeletons, missing);
    return missing.map((one) => 1 - one);
  }

  #weigh(): Float64Array {
    const candidates = this.#found.size;
    const most = stemWeight(0, candidates);
    const holding = new Float64Array(this.#words.length);
    for (const found of this.#found.values()) {
      for (const [word, sureness] of found.entries()) holding[word] = (holding[word] ?? 0) + sureness;
    }
    return holding.map((sum, word) =>
      this.#isKnown(word) || sum > 0 ? stemWeight(sum, candidates) / most : UNKNOWN_WORTH,
    );
  }

  /** A name may be a word that reads otherwise in the other language: that none has its consonants tells nothing. */
  #isKnown(word: number): boolean {
    return (this.#words[word]?.translations.length ?? 0) > 0;
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
