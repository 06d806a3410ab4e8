import { between, oneOf } from './seeded-random.js';
import { syllables } from './tiny-model.js';

/** One state of an article as it is sent. */
export interface WrittenArticle {
  readonly id: string;
  /** In every paragraph of this state, and in no other state of any article. */
  readonly tag: string;
  readonly title: string;
  readonly text: string;
}

const SYLLABLES = { ar: syllables('ar'), en: syllables('en') };
/** Begins and ends a tag with what no stemmer takes away. */
const EDGES = { ar: ['ق', 'ق'], en: ['qu', 'ok'] } as const;

/** Makes states of articles, each unlike all others in its words. */
export class ArticleWriter {
  readonly #random: () => number;
  #written = 0;

  constructor(random: () => number) {
    this.#random = random;
  }

  next(id: string): WrittenArticle {
    const script = this.#random() < 0.5 ? 'ar' : 'en';
    const tag = this.#tag(script);
    const paragraphs = Array.from({ length: between(this.#random, 1, 3) }, () =>
      this.#paragraph(tag, script),
    );
    return { id, tag, title: `${this.#words(script, 2)} ${tag}`, text: paragraphs.join('\n\n') };
  }

  /** A number in syllables: short, and never the same twice. */
  #tag(script: 'ar' | 'en'): string {
    const [first, last] = EDGES[script];
    this.#written += 1;
    const digits = [...this.#written.toString(30).padStart(3, '0')].map((digit) =>
      Number.parseInt(digit, 30),
    );
    return `${first}${digits.map((digit) => SYLLABLES[script][digit]).join('')}${last}`;
  }

  #paragraph(tag: string, script: 'ar' | 'en'): string {
    const sentences = Array.from({ length: between(this.#random, 2, 4) }, (_, i) => {
      const words = this.#words(script, between(this.#random, 8, 14));
      return i === 0 ? `${words} ${tag}.` : `${words}.`;
    });
    return sentences.join(' ');
  }

  #words(script: 'ar' | 'en', count: number): string {
    const word = () =>
      Array.from({ length: between(this.#random, 2, 4) }, () => oneOf(this.#random, SYLLABLES[script])).join(
        '',
      );
    return Array.from({ length: count }, word).join(' ');
  }
}

/** The line of a `.jsonl` file or of a body of lines. */
export function toLine({ id, title, text }: WrittenArticle): string {
  return JSON.stringify({ id, title, text });
}
