import { type ArticleOrigin, asArticleId } from '../domain/article.js';
import { asPassageId, type Passage } from '../domain/passage.js';
import type { ArticleRow, ArticleSummaryRow, PassageRecordRow, PassageRow } from './article-reads.js';
import type { ArticleSummary, PassageRecord, StoredArticle } from './article-store.js';
import { jsonToSpans } from './span-list.js';

// Rows of the database as the store gives them.

function toPassage(row: PassageRow): Passage {
  return {
    id: asPassageId(row.id),
    articleId: asArticleId(row.article_id),
    ordinal: row.ordinal,
    text: row.text,
    language: row.language,
    sentences: jsonToSpans(row.spans),
  };
}

export function toPassageRecord(row: PassageRecordRow): PassageRecord {
  const { label, title, url, published_at: publishedAt, source } = row;
  const tags = JSON.parse(row.tags) as string[];
  return { label, passage: toPassage(row), title, url, publishedAt, tags, source };
}

export function toArticleSummary(row: ArticleSummaryRow): ArticleSummary {
  const { id, title, url, language, source, passages } = row;
  return {
    id: asArticleId(id),
    title,
    url,
    language,
    publishedAt: row.published_at,
    tags: JSON.parse(row.tags) as string[],
    source,
    updatedAt: row.updated_at,
    passages,
  };
}

export function toStoredArticle(row: ArticleRow, passages: readonly PassageRow[]): StoredArticle {
  const origin: ArticleOrigin =
    row.origin_line === null ? { file: row.origin_file } : { file: row.origin_file, line: row.origin_line };
  return {
    id: asArticleId(row.id),
    title: row.title,
    url: row.url,
    language: row.language,
    publishedAt: row.published_at,
    tags: JSON.parse(row.tags) as string[],
    source: row.source,
    origin,
    passages: passages.map(toPassage),
    dropped: JSON.parse(row.dropped) as StoredArticle['dropped'],
    updatedAt: row.updated_at,
  };
}
