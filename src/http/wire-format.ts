import type { z } from 'zod';
import type { ErrorDetails, FihristError } from '../domain/errors.js';
import { directionOf } from '../domain/language.js';
import type { Passage } from '../domain/passage.js';
import type { ArticleSummary, StoredArticle } from '../storage/article-store.js';
import { withSnakeCaseKeys } from '../text/with-snake-case-keys.js';
import type { Readiness } from './readiness.js';
import type { articleReplySchema } from './schemas/article-reply-schema.js';
import type { errorReplySchema } from './schemas/error-reply-schema.js';
import type { readinessReplySchema } from './schemas/service-reply-schemas.js';

/*
 * The one place where camelCase inside becomes snake_case on the wire. The reply of a search is shared with
 * the other front doors (search/search-reply.ts); every other reply with data in it is made here. Their shapes are
 * in schemas/; docs/api.md has the tables for people.
 */

/** The reply of `GET /v1/articles/{id}`. */
export function toWireArticle(article: StoredArticle): z.infer<typeof articleReplySchema> {
  return { ...toWireHeading(article), passages: article.passages.map(toWirePassage) };
}

/** An article of the reply of `GET /v1/articles`. */
export function toWireSummary(article: ArticleSummary) {
  return { ...toWireHeading(article), passage_count: article.passages };
}

function toWireHeading(article: Omit<ArticleSummary, 'passages'>) {
  return {
    id: article.id,
    title: article.title,
    url: article.url,
    language: article.language,
    dir: directionOf(article.language),
    published_at: article.publishedAt,
    tags: [...article.tags],
    source: article.source,
    updated_at: article.updatedAt,
  };
}

function toWirePassage(passage: Passage) {
  return {
    id: passage.id,
    text: passage.text,
    language: passage.language,
    dir: directionOf(passage.language),
    sentences: passage.sentences.map(({ start, end }) => ({ start, end })),
  };
}

/** The reply of `GET /readyz`. */
export function toWireReadiness({
  ready,
  reasons,
  warnings = [],
  indexing,
}: Readiness): z.infer<typeof readinessReplySchema> {
  return {
    status: ready ? 'ready' : 'not_ready',
    reasons: reasons.map(({ code, message }) => ({ code, message })),
    warnings: warnings.map(({ code, message }) => ({ code, message })),
    indexing:
      indexing === null
        ? null
        : { articles_done: indexing.articlesDone, articles_total: indexing.articlesTotal },
  };
}

type ErrorFields = z.infer<typeof errorReplySchema>['error'];

export interface WireError {
  readonly error: Omit<ErrorFields, 'details'> & { readonly details: ErrorDetails };
}

/** Where the error page is served. */
export const ERRORS_PAGE_PATH = '/docs/errors';

/** The reply of everything that goes wrong. Holds no stack and no cause. */
export function toWireError(error: FihristError): WireError {
  return {
    error: {
      code: error.code,
      message: error.message,
      type: error.fault,
      details: withSnakeCaseKeys(error.details),
      link: `${ERRORS_PAGE_PATH}#${error.code.toLowerCase()}`,
    },
  };
}
