import type { RequestHandler } from 'express';
import { asPassageId } from '../domain/passage.js';
import { toRelatedReply } from '../search/related-reply.js';
import type { HttpServerOptions } from './http-server-options.js';
import { parseRelatedParameters } from './parse-related-parameters.js';
import { sendJson } from './send-json.js';
import { wildcardId } from './wildcard-id.js';

/** `GET /v1/passages/{id}/related`. Ids have slashes in them: they may come raw or as `%2F`. */
export function relatedRoute({ related }: Pick<HttpServerOptions, 'related'>): RequestHandler {
  return async (req, res) => {
    const startedAt = performance.now();
    const question = req.originalUrl.indexOf('?');
    const parameters = parseRelatedParameters(question === -1 ? '' : req.originalUrl.slice(question + 1));
    const result = await related({ passageId: asPassageId(wildcardId(req.params.id)), ...parameters });
    res.setHeader('cache-control', 'no-store');
    sendJson(res, 200, toRelatedReply(result, performance.now() - startedAt));
  };
}
