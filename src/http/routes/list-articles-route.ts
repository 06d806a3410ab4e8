import { READING_ERRORS } from '../archive-errors.js';
import { ARTICLE_LIST_EXAMPLES } from '../examples/article-list-examples.js';
import type { HttpServerOptions } from '../http-server-options.js';
import { cutPage } from '../page-cursor.js';
import { articleListParametersSchema, parseArticleListParameters } from '../parse-article-list-parameters.js';
import { defineRoute, type Route } from '../route.js';
import { jsonReply } from '../route-reply.js';
import { articleListReplySchema } from '../schemas/article-list-reply-schema.js';
import { sendJson } from '../send-json.js';
import { toWireSummary } from '../wire-format.js';

export function listArticlesRoute({ articles }: Pick<HttpServerOptions, 'articles'>): Route {
  return defineRoute({
    method: 'get',
    path: '/v1/articles',
    operationId: 'articles',
    tag: 'articles',
    summary: 'List articles',
    description:
      'Gives the articles of the archive without their passages, by rising id, in pages. Pages fit together whatever ' +
      'is written in between: an article that is there all the time is on exactly one of them.',
    scope: 'search',
    lane: 'light',
    query: { schema: articleListParametersSchema, read: parseArticleListParameters },
    replies: { 200: jsonReply('A page of articles.', articleListReplySchema) },
    errors: READING_ERRORS,
    examples: ARTICLE_LIST_EXAMPLES,
    handle: async ({ res, query, access }) => {
      const found = await articles({ ...query, limit: query.limit + 1 }, access);
      const { page, nextCursor } = cutPage(found, query.limit);
      res.setHeader('cache-control', 'no-store');
      sendJson(res, 200, { articles: page.map(toWireSummary), next_cursor: nextCursor });
    },
  });
}
