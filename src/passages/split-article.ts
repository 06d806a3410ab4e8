import type { CleanArticle } from '../domain/article.js';
import type { Passage } from '../domain/passage.js';
import { mergeSection } from './merge-section.js';
import { DEFAULT_PASSAGE_LIMITS, type PassageLimits } from './passage-limits.js';
import { readSections } from './read-sections.js';
import { rebuildPassages } from './rebuild-passages.js';

/**
 * Splits an article into passages: paragraphs, short ones merged with neighbours of their section, long ones cut at
 * sentence ends. A heading goes with what follows it; one at the very end goes with what is before it.
 *
 * @returns In reading order. Everything but blanks is in exactly one passage; each is within `maxWords` and
 *   `maxCharacters`. Empty when the article has no paragraphs.
 */
export function splitArticle(
  article: CleanArticle,
  limits: PassageLimits = DEFAULT_PASSAGE_LIMITS,
): Passage[] {
  const texts = readSections(article.paragraphs, limits).flatMap((section) => mergeSection(section, limits));
  return rebuildPassages(article.id, texts);
}
