import type { TextSpan } from '../domain/passage.js';
import type { MatchToken } from '../text/match-tokens.js';
import type { QueryText } from './query-terms.js';

/**
 * The words of a passage that are words of the question (by stem, stop words left out), and its quoted phrases.
 * @param tokens  Of the passage's text.
 * @returns Spans of the text, rising, not touching: words of a phrase are one span
 */
export function findHighlights(tokens: readonly MatchToken[], query: QueryText): TextSpan[] {
  const stems = new Set(query.stems);
  const marked = tokens.map((token) => !token.stopWord && stems.has(token.stem));
  const joined = new Set<number>();
  for (const phrase of query.phrases) {
    for (let first = 0; first + phrase.length <= tokens.length; first++) {
      if (!phrase.every((word, i) => tokens[first + i]?.folded === word)) continue;
      for (let i = 0; i < phrase.length; i++) {
        marked[first + i] = true;
        if (i > 0) joined.add(first + i);
      }
    }
  }
  const spans: Array<{ start: number; end: number }> = [];
  for (const [i, { start, end }] of tokens.entries()) {
    const last = spans.at(-1);
    if (!marked[i]) continue;
    if (last !== undefined && (joined.has(i) || start <= last.end)) last.end = Math.max(last.end, end);
    else spans.push({ start, end });
  }
  return spans;
}

/** The sentence with most different words of the question; of equal ones the first. For questions without a vector. */
export function sentenceWithMostWords(
  sentences: readonly TextSpan[],
  tokens: readonly MatchToken[],
  query: QueryText,
): number {
  const stems = new Set(query.stems);
  const counts = sentences.map(({ start, end }) => {
    const inside = tokens.filter(
      (token) => token.start >= start && token.end <= end && stems.has(token.stem),
    );
    return new Set(inside.map((token) => token.stem)).size;
  });
  return counts.indexOf(Math.max(...counts));
}
