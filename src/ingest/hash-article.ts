import { createHash } from 'node:crypto';
import type { RawArticle } from '../domain/article.js';

/** Rises when cleaning or cutting changes what an unchanged article becomes, so that the next run cuts it anew. */
const PASSAGE_RULES_VERSION = '1';

/** Changes with the article, with its place, and with the rules that cut it. */
export function hashArticle(article: RawArticle): string {
  const { id, title, text, url, language, publishedAt, tags, origin } = article;
  const content = JSON.stringify([
    PASSAGE_RULES_VERSION,
    id,
    title,
    text,
    url,
    language,
    publishedAt,
    tags,
    origin.file,
  ]);
  return createHash('sha256').update(content).digest('hex');
}
