import type { RankedPassage } from '../domain/ranked-passage.js';
import type { SearchResult } from '../search/search-passages.js';
import { layOutPassage, type PassageLayout } from './lay-out-passage.js';
import { countOf, inlineText, readableNumber } from './terminal-text.js';

/** What a search found, for people: title, language and score, the passage with its best sentence marked, its place. */
export function formatHits(
  result: SearchResult,
  options: {
    offset: number;
    tookMs: number;
    /** Not all passages were asked. */
    narrowed: boolean;
    screen: Pick<PassageLayout, 'mark' | 'width'>;
  },
): string[] {
  const footer = `${readableNumber(result.hits.length)} of ${countOf(result.total, 'passage')}, ${Math.round(options.tookMs)} ms`;
  if (result.total === 0 && options.narrowed) {
    return ['Nothing found: the languages and filters admit no passage.'];
  }
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

/** @param remark  What else is to be said of the hit, beside its score; may be empty. */
export function formatHit(
  hit: RankedPassage,
  rank: number,
  screen: Pick<PassageLayout, 'mark' | 'width'>,
  remark = '',
): string[] {
  const { title, language, direction, score, text, bestSentence, publishedAt, url, articleId } = hit;
  const date = publishedAt === null ? '' : `, ${inlineText(publishedAt)}`;
  const indent = ' '.repeat(String(rank).length + 2);
  const width = screen.width === null ? null : screen.width - indent.length;
  const passage = layOutPassage(text, bestSentence, { ...screen, direction, width });
  return [
    `${rank}. ${inlineText(title, direction)} (${language}, score ${score.toFixed(3)}${date}${remark === '' ? '' : `, ${remark}`})`,
    ...passage.map((line) => (line === '' ? '' : indent + line)),
    `${indent}${inlineText(url ?? articleId, 'ltr')}${others(hit)}`,
    '',
  ];
}

/** How many more passages of its article a hit stands for. */
function others({ group }: RankedPassage): string {
  if (group === undefined || group.count === 1) return '';
  return ` (and ${countOf(group.count - 1, 'more passage')})`;
}
