import { directionOf } from '../domain/language.js';
import type { Passage, TextSpan } from '../domain/passage.js';
import type { RankedPassage } from '../domain/ranked-passage.js';
import type { PassageRecord } from '../storage/article-store.js';

/** What is shown of a passage however it was found. */
export function toRankedPassage(
  { passage, title, url, publishedAt, tags, source }: PassageRecord,
  { score, bestSentence, highlights }: Pick<RankedPassage, 'score' | 'bestSentence' | 'highlights'>,
): RankedPassage {
  return {
    id: passage.id,
    articleId: passage.articleId,
    title,
    url,
    language: passage.language,
    direction: directionOf(passage.language),
    text: passage.text,
    score,
    bestSentence,
    highlights,
    publishedAt,
    tags,
    source,
  };
}

/** @returns The span of a sentence; of the whole passage when there is no such sentence */
export function sentenceSpan({ sentences, text }: Passage, index: number): TextSpan {
  return sentences[index] ?? { start: 0, end: text.length };
}
