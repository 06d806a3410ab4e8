import type { RequestHandler } from 'express';
import { asArticleId } from '../domain/article.js';
import { FihristError } from '../domain/errors.js';
import { describeValue, quoteValue } from '../text/describe-value.js';
import type { HttpServerOptions } from './http-server-options.js';
import { sendJson } from './send-json.js';
import { wildcardId } from './wildcard-id.js';
import { toWireArticle } from './wire-format.js';

/** `GET /v1/articles/{id}`. Ids have slashes in them: they may come raw or as `%2F`. */
export function articleRoute({ article }: Pick<HttpServerOptions, 'article'>): RequestHandler {
  return async (req, res) => {
    const id = wildcardId(req.params.id);
    const found = await article(asArticleId(id));
    if (found === null) {
      throw new FihristError('ARTICLE_NOT_FOUND', `No article has the id ${quoteValue(id)}.`, {
        details: { id: describeValue(id) },
      });
    }
    sendJson(res, 200, toWireArticle(found));
  };
}
