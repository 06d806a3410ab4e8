import type { RelatedResult } from '../search/find-related-passages.js';
import { formatHit } from './format-hits.js';
import type { PassageLayout } from './lay-out-passage.js';
import { countOf } from './terminal-text.js';

/** Related passages for people, like the hits of a search; versions of the same story are called that. */
export function formatRelated(
  { hits }: RelatedResult,
  { tookMs, screen }: { tookMs: number; screen: Pick<PassageLayout, 'mark' | 'width'> },
): string[] {
  if (hits.length === 0) return ['There is no other passage to relate this one to.'];
  return [
    ...hits.flatMap((hit, position) =>
      formatHit(hit, position + 1, screen, hit.sameStory === true ? 'same story' : ''),
    ),
    `${countOf(hits.length, 'related passage')}, ${Math.round(tookMs)} ms`,
  ];
}
