import type { QuotedAnswer } from './archive-questions.js';

/** Rank, from 1, of the first passage that holds a quote, whatever the blanks; null when none of them does. */
export function firstQuotingRank(
  hits: ReadonlyArray<{ readonly articleId: string; readonly text: string }>,
  answers: readonly QuotedAnswer[],
): number | null {
  const quotes = answers.map(({ articleId, quote }) => ({ articleId, quote: withSingleBlanks(quote) }));
  const position = hits.findIndex((hit) => {
    const text = withSingleBlanks(hit.text);
    return quotes.some(({ articleId, quote }) => articleId === hit.articleId && text.includes(quote));
  });
  return position === -1 ? null : position + 1;
}

function withSingleBlanks(text: string): string {
  return text.replace(/\s+/gu, ' ').trim();
}
