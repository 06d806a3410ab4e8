import type { RankedPassage } from '../../../domain/ranked-passage.js';

/** What OpenAI allows a value to have; it allows 16 attributes. */
const MAX_CHARACTERS = 512;

/**
 * What is known of a passage as attributes, by the names that filters have. Attributes are texts, numbers or booleans:
 * tags stand in one text, and what is not known, or is too long to be one, is left out.
 */
export function attributesOf(hit: RankedPassage): Record<string, string> {
  const known = {
    passage_id: hit.id,
    article_id: hit.articleId,
    title: hit.title,
    url: hit.url,
    language: hit.language,
    published_at: hit.publishedAt,
    source: hit.source,
    tags: hit.tags.join(', '),
  };
  const attributes: Record<string, string> = {};
  for (const [name, value] of Object.entries(known)) {
    if (value !== null && value !== '' && value.length <= MAX_CHARACTERS) attributes[name] = value;
  }
  return attributes;
}
