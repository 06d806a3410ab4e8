import { asArticleId } from '../../domain/article.js';
import { articlePathParameters } from '../article-path-parameters.js';
import type { HttpServerOptions } from '../http-server-options.js';
import { defineRoute, type Route } from '../route.js';
import { WRITING_ERRORS } from '../write-errors.js';

export function deleteArticleRoute({ deleteArticle }: Pick<HttpServerOptions, 'deleteArticle'>): Route {
  return defineRoute({
    method: 'delete',
    path: '/v1/articles/{id}',
    operationId: 'deleteArticle',
    tag: 'articles',
    summary: 'Delete an article',
    description:
      'Takes an article out of the archive with all its passages. When it is answered, that is on disk, and no search ' +
      'finds the article. An article of the corpus folder is refused, since the next start would bring it back: remove ' +
      'its file.',
    scope: 'articles:write',
    lane: 'write',
    pathParameters: articlePathParameters,
    replies: { 204: { description: 'The article is gone.', content: {} } },
    errors: ['ARTICLE_NOT_FOUND', 'ARTICLE_OF_CORPUS', ...WRITING_ERRORS],
    examples: { article: { summary: 'An article', path: { id: 'lighthouse-en' }, status: 204 } },
    handle: async ({ res, path: { id }, access: { signal, beginChange } }) => {
      await deleteArticle(asArticleId(id), { signal, beforeChange: beginChange });
      res.statusCode = 204;
      res.end();
    },
  });
}
