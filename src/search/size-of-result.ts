import type { RankedPassage } from '../domain/ranked-passage.js';
import type { SearchResult } from './search-passages.js';

/** What an object with a few numbers takes. */
const OBJECT_BYTES = 80;
/** A hit without its texts and lists, and an entry of a map with its key. */
const HIT_BYTES = 400;
const RESULT_BYTES = 500;

/** About how much memory a result takes, in bytes; rather too much than too little. */
export function sizeOfResult({ hits }: SearchResult): number {
  return hits.reduce((sum, hit) => sum + sizeOfHit(hit), RESULT_BYTES);
}

function sizeOfHit(hit: RankedPassage): number {
  const { id, articleId, title, url, text, highlights, explanation, evidence, group } = hit;
  const characters = id.length + articleId.length + title.length + (url?.length ?? 0) + text.length;
  const sentences = evidence?.sentences ?? [];
  const vectorBytes = sentences.reduce((sum, { vector }) => sum + vector.byteLength, 0);
  const objects =
    highlights.length +
    2 * sentences.length +
    (group?.others.length ?? 0) +
    (explanation === undefined ? 0 : explanation.parts.length + 2 * explanation.queryTokens.length);
  return HIT_BYTES + 2 * characters + vectorBytes + OBJECT_BYTES * objects;
}
