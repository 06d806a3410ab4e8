import type { ServerResponse } from 'node:http';
import type { RequestHandler } from 'express';
import { toSearchReply } from '../search/search-reply.js';
import type { HttpServerOptions } from './http-server-options.js';
import { jsonBody } from './json-body.js';
import { parseSearchBody } from './parse-search-body.js';
import { sendJson } from './send-json.js';

/** `POST /v1/search`. */
export function searchRoute({
  search,
  maxBodyBytes,
}: Pick<HttpServerOptions, 'search' | 'maxBodyBytes'>): RequestHandler[] {
  return [
    jsonBody(maxBodyBytes),
    async (req, res) => {
      const startedAt = performance.now();
      const request = parseSearchBody(req.body);
      const result = await search(request, signalOfCaller(res));
      res.setHeader('cache-control', 'no-store');
      sendJson(res, 200, toSearchReply(result, performance.now() - startedAt));
    },
  ];
}

/** Fires when the connection closes before the reply is out. */
function signalOfCaller(res: ServerResponse): AbortSignal {
  const controller = new AbortController();
  res.once('close', () => {
    if (!res.writableFinished) controller.abort();
  });
  return controller.signal;
}
