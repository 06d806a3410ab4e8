import type { TextSpan } from '../domain/passage.js';
import type { AnswerEvent, Citation, Source } from './answer.js';

/** What a source bears out of the statement that is being written. */
export interface Support {
  readonly source: Source;
  readonly quote: TextSpan | null;
  readonly verified: boolean;
}

/** An answer that is being put together: text that only grows, and the citations of what is there already. */
export class AnswerDraft {
  #text = '';
  readonly #citations: Citation[] = [];

  get text(): string {
    return this.#text;
  }

  get citations(): readonly Citation[] {
    return this.#citations;
  }

  /** Adds words that no source stands for. */
  addWords(words: string, between: string): AnswerEvent[] {
    const text = `${this.#text === '' ? '' : between}${words}`;
    this.#text += text;
    return [{ kind: 'text', text }];
  }

  /**
   * Adds a statement with a marker for each of its sources.
   * @param between  What stands between it and the text before it.
   * @param supports  At least one, each of another source.
   */
  addStatement(statement: string, supports: readonly Support[], between: string): AnswerEvent[] {
    const lead = this.#text === '' ? '' : between;
    const start = this.#text.length + lead.length;
    const end = start + statement.length;
    let text = `${lead}${statement} `;
    const citations = supports.map(({ source, quote, verified }) => {
      const marker = `[${source.number}]`;
      const place = this.#text.length + text.length;
      text += marker;
      return {
        start,
        end,
        marker: { start: place, end: place + marker.length },
        source: source.number,
        passageId: source.passage.id,
        quote,
        verified,
      };
    });
    this.#text += text;
    this.#citations.push(...citations);
    return [
      { kind: 'text', text },
      ...citations.map((citation): AnswerEvent => ({ kind: 'citation', citation })),
    ];
  }
}
