import type { AnswerEvent, Source } from './answer.js';
import type { AnswerDraft } from './answer-draft.js';
import type { Quote } from './pick-quotes.js';

/**
 * Adds words of the sources to an answer, each in its passage's own language: `draft.text.slice(start, end)` of a citation
 * is its quote, unit by unit.
 */
export function addQuotes(quotes: readonly Quote[], draft: AnswerDraft): AnswerEvent[] {
  let before: Source | null = null;
  return quotes.flatMap(({ source, span }) => {
    const between = before === source ? ' ' : '\n\n';
    before = source;
    const words = source.passage.text.slice(span.start, span.end);
    return draft.addStatement(words, [{ source, quote: span, verified: true }], between);
  });
}
