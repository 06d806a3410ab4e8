import { seededRandom } from '../contract/vector-index-fixtures.js';

/** A generated article: passages of made-up words that are as frequent, and keep to their subject, as real ones do. */
export interface GeneratedArticle {
  readonly title: string;
  readonly language: 'ar' | 'en';
  readonly texts: readonly string[];
}

const VOCABULARY = 60_000;
const PASSAGES_PER_ARTICLE = 8;
const SUBJECT_WORDS = 40;

const LETTERS = { ar: 'ابتثجحخدذرزسشصضطظعغفقكلمنهوي', en: 'abcdefghijklmnopqrstuvwxyz' };

/**
 * Words by rank, drawn by Zipf's law; articles of both languages in turn. Four words of ten belong to the article's
 * subject, so that words repeat within a passage; the others are drawn from all, the most frequent in over half of
 * the passages.
 */
export class ZipfArchive {
  readonly #random: () => number;
  readonly #cumulative = new Float64Array(VOCABULARY);

  constructor(seed: number) {
    this.#random = seededRandom(seed);
    let sum = 0;
    for (let rank = 0; rank < VOCABULARY; rank += 1) {
      sum += 1 / (rank + 2.7) ** 1.02;
      this.#cumulative[rank] = sum;
    }
  }

  article(number: number): GeneratedArticle {
    const language = number % 2 === 0 ? 'ar' : 'en';
    const subject = Array.from({ length: SUBJECT_WORDS }, () => this.#subjectRank());
    const word = () => spell(this.#random() < 0.4 ? this.#ofSubject(subject) : this.#drawRank(), language);
    const words = (count: number) => Array.from({ length: count }, word).join(' ');
    return {
      language,
      title: Array.from({ length: 4 }, () => spell(this.#ofSubject(subject), language)).join(' '),
      texts: Array.from({ length: PASSAGES_PER_ARTICLE }, () => words(40 + this.#below(120))),
    };
  }

  /** Ten words: five that a passage has, three that are frequent, and two that may not fit. */
  question({ texts, language }: GeneratedArticle): string[] {
    const words = (texts[this.#below(texts.length)] ?? '').split(' ');
    const ofPassage = Array.from({ length: 5 }, () => words[this.#below(words.length)] ?? '');
    const frequent = Array.from({ length: 3 }, () => spell(this.#below(60), language));
    const others = Array.from({ length: 2 }, () => spell(this.#drawRank(), language));
    return [...new Set([...ofPassage, ...frequent, ...others])];
  }

  #below(end: number): number {
    return Math.floor(this.#random() * end);
  }

  #drawRank(): number {
    const sought = this.#random() * (this.#cumulative.at(-1) ?? 0);
    let low = 0;
    let high = VOCABULARY - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#cumulative[middle] ?? 0) < sought) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #subjectRank(): number {
    return Math.floor(100 * (VOCABULARY / 100) ** this.#random());
  }

  /** The first words of a subject are said most. */
  #ofSubject(subject: readonly number[]): number {
    return subject[Math.floor(this.#random() ** 2 * subject.length)] ?? 0;
  }
}

/** Another word for every rank; frequent ones are short. */
function spell(rank: number, language: 'ar' | 'en'): string {
  const letters = LETTERS[language];
  let word = '';
  for (let rest = rank + letters.length; rest > 0; rest = Math.floor(rest / letters.length)) {
    word += letters[rest % letters.length];
  }
  return word;
}
