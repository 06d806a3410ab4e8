import { asArticleId } from '../../domain/article.js';
import { FihristError } from '../../domain/errors.js';
import { describeValue, quoteValue } from '../../text/describe-value.js';
import { READING_ERRORS } from '../archive-errors.js';
import { articlePathParameters } from '../article-path-parameters.js';
import { ARTICLE_EXAMPLES } from '../examples/article-examples.js';
import type { HttpServerOptions } from '../http-server-options.js';
import { defineRoute, type Route } from '../route.js';
import { jsonReply } from '../route-reply.js';
import { articleReplySchema } from '../schemas/article-reply-schema.js';
import { sendJson } from '../send-json.js';
import { toWireArticle } from '../wire-format.js';

export function articleRoute({ article }: Pick<HttpServerOptions, 'article'>): Route {
  return defineRoute({
    method: 'get',
    path: '/v1/articles/{id}',
    operationId: 'article',
    tag: 'articles',
    summary: 'Read an article',
    description: 'Gives an article with all its passages, in reading order.',
    scope: 'search',
    lane: 'light',
    pathParameters: articlePathParameters,
    replies: { 200: jsonReply('The article.', articleReplySchema) },
    errors: [...READING_ERRORS, 'ARTICLE_NOT_FOUND'],
    examples: ARTICLE_EXAMPLES,
    handle: async ({ res, path: { id }, access }) => {
      const found = await article(asArticleId(id), access);
      if (found === null) {
        throw new FihristError('ARTICLE_NOT_FOUND', `No article has the id ${quoteValue(id)}.`, {
          details: { id: describeValue(id) },
        });
      }
      sendJson(res, 200, toWireArticle(found));
    },
  });
}
