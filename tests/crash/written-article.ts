import { between, oneOf } from './seeded-random.js';
import { type Script, tagOf, WORD_SYLLABLES } from './tiny-model.js';

/** One state of an article as it is sent. */
export interface WrittenArticle {
  readonly id: string;
  /** In every paragraph of this state, and in no other state of any article. */
  readonly tag: string;
  readonly title: string;
  readonly text: string;
}

/** Makes states of articles, each unlike all others in its words. */
export class ArticleWriter {
  readonly #random: () => number;
  readonly #written = { ar: 0, en: 0 };

  constructor(random: () => number) {
    this.#random = random;
  }

  next(id: string): WrittenArticle {
    const script = this.#random() < 0.5 ? 'ar' : 'en';
    const tag = tagOf(script, this.#written[script]++);
    const paragraphs = Array.from({ length: between(this.#random, 1, 3) }, () =>
      this.#paragraph(tag, script),
    );
    return { id, tag, title: `${this.#words(script, 2)} ${tag}`, text: paragraphs.join('\n\n') };
  }

  #paragraph(tag: string, script: Script): string {
    const sentences = Array.from({ length: between(this.#random, 2, 4) }, (_, i) => {
      const words = this.#words(script, between(this.#random, 8, 14));
      return i === 0 ? `${words} ${tag}.` : `${words}.`;
    });
    return sentences.join(' ');
  }

  #words(script: Script, count: number): string {
    const word = () =>
      Array.from({ length: between(this.#random, 2, 4) }, () =>
        oneOf(this.#random, WORD_SYLLABLES[script]),
      ).join('');
    return Array.from({ length: count }, word).join(' ');
  }
}

/** The line of a `.jsonl` file or of a body of lines. */
export function toLine({ id, title, text }: WrittenArticle): string {
  return JSON.stringify({ id, title, text });
}
