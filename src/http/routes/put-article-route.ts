import { parseArticleObject } from '../../corpus/parse-article-object.js';
import { FihristError } from '../../domain/errors.js';
import { REQUEST_ORIGIN } from '../../ingest/read-article-objects.js';
import { describeValue, quoteValue } from '../../text/describe-value.js';
import { articlePathParameters } from '../article-path-parameters.js';
import { PUTTING_EXAMPLES } from '../examples/writing-examples.js';
import type { HttpServerOptions } from '../http-server-options.js';
import { requireJsonObject } from '../require-json-object.js';
import { defineRoute, type Route } from '../route.js';
import { jsonReply } from '../route-reply.js';
import { articleBodySchema } from '../schemas/article-body-schema.js';
import { writtenArticleSchema } from '../schemas/article-result-schemas.js';
import { ARTICLE_ERRORS } from '../write-errors.js';
import { writeOneArticle } from '../write-one-article.js';

export function putArticleRoute(options: Pick<HttpServerOptions, 'writeArticles' | 'maxBodyBytes'>): Route {
  return defineRoute({
    method: 'put',
    path: '/v1/articles/{id}',
    operationId: 'putArticle',
    tag: 'articles',
    summary: 'Write an article',
    description:
      'Adds an article, or replaces the one of this id whole. When it is answered, the article is on disk, and the ' +
      'next search finds it. Sending the same again does nothing. An article of the corpus folder is changed there.',
    scope: 'articles:write',
    lane: 'write',
    pathParameters: articlePathParameters,
    body: {
      kind: 'json',
      schema: articleBodySchema,
      maxBytes: options.maxBodyBytes,
      read: requireJsonObject,
    },
    replies: {
      200: jsonReply('The article was there, and was replaced, or is unchanged.', writtenArticleSchema),
      201: jsonReply('The article was not there before.', writtenArticleSchema),
    },
    errors: ARTICLE_ERRORS,
    examples: PUTTING_EXAMPLES,
    handle: async ({ res, path: { id }, body, access }) => {
      refuseOtherId(body.id, id);
      await writeOneArticle(res, parseArticleObject({ ...body, id }, REQUEST_ORIGIN), {
        ...options,
        access,
      });
    },
  });
}

function refuseOtherId(given: unknown, id: string): void {
  if (given === undefined || given === null || given === id) return;
  throw new FihristError(
    'INVALID_REQUEST',
    `id must be that of the path, ${quoteValue(id)}, not ${quoteValue(given)}.`,
    {
      details: { field: 'id', allowed: describeValue(id), value: describeValue(given) },
    },
  );
}
