import type { RankedPassage } from '../domain/ranked-passage.js';
import type { SearchResult } from '../search/search-passages.js';
import { layOutPassage, type PassageLayout } from './lay-out-passage.js';
import { countOf, inlineText, readableNumber } from './terminal-text.js';

/** What a search found, for people: title, language and score, the passage with its best sentence marked, its place. */
export function formatHits(
  result: SearchResult,
  options: { offset: number; tookMs: number; screen: Pick<PassageLayout, 'mark' | 'width'> },
): string[] {
  const footer = `${readableNumber(result.hits.length)} of ${countOf(result.total, 'passage')}, ${Math.round(options.tookMs)} ms`;
  if (result.total === 0) {
    return [
      'Nothing found: there is no passage to search. Ingest articles first, again after a change of model.',
    ];
  }
  if (result.hits.length === 0) return [`Nothing found. (${footer})`];
  const hits = result.hits.flatMap((hit, position) =>
    formatHit(hit, options.offset + position + 1, options.screen),
  );
  return [...hits, footer];
}

function formatHit(
  hit: RankedPassage,
  rank: number,
  screen: Pick<PassageLayout, 'mark' | 'width'>,
): string[] {
  const { title, language, direction, score, text, bestSentence, publishedAt, url, articleId } = hit;
  const date = publishedAt === null ? '' : `, ${inlineText(publishedAt)}`;
  const indent = ' '.repeat(String(rank).length + 2);
  const width = screen.width === null ? null : screen.width - indent.length;
  const passage = layOutPassage(text, bestSentence, { ...screen, direction, width });
  return [
    `${rank}. ${inlineText(title, direction)} (${language}, score ${score.toFixed(3)}${date})`,
    ...passage.map((line) => (line === '' ? '' : indent + line)),
    `${indent}${inlineText(url ?? articleId, 'ltr')}`,
    '',
  ];
}
