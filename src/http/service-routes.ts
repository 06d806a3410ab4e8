import type { RequestHandler } from 'express';
import type { HttpServerOptions } from './http-server-options.js';
import { sendJson } from './send-json.js';
import { ERRORS_PAGE_PATH, toWireReadiness } from './wire-format.js';

/** `GET /healthz`: the process is alive. */
export function healthRoute({ version }: Pick<HttpServerOptions, 'version'>): RequestHandler {
  return (_req, res) => sendJson(res, 200, { status: 'ok', version });
}

/** `GET /readyz`: searches are answered (200), or why not yet (503). */
export function readinessRoute({ readiness }: Pick<HttpServerOptions, 'readiness'>): RequestHandler {
  return (_req, res) => {
    const state = readiness();
    res.setHeader('cache-control', 'no-store');
    sendJson(res, state.ready ? 200 : 503, toWireReadiness(state));
  };
}

/** `GET /docs/errors`: the page that the `link` of an error opens. */
export function errorsPageRoute({ errorsPage }: Pick<HttpServerOptions, 'errorsPage'>): RequestHandler {
  const bytes = Buffer.from(errorsPage);
  return (_req, res) => {
    res.setHeader('content-type', 'text/markdown; charset=utf-8');
    res.setHeader('content-length', bytes.length);
    res.end(bytes);
  };
}

/** `GET /`: what there is, with a search that can be pasted into a terminal. */
export function welcomeRoute({ version }: Pick<HttpServerOptions, 'version'>): RequestHandler {
  return (req, res) => {
    const { host } = req.headers;
    const address = `http://${host !== undefined && /^[\w.:[\]-]+$/.test(host) ? host : 'localhost:3000'}`;
    sendJson(res, 200, {
      name: 'fihrist',
      version,
      endpoints: {
        search: 'POST /v1/search',
        analyze: 'POST /v1/analyze',
        article: 'GET /v1/articles/{id}',
        related: 'GET /v1/passages/{id}/related',
        health: 'GET /healthz',
        readiness: 'GET /readyz',
        errors: `GET ${ERRORS_PAGE_PATH}`,
      },
      example: `curl -s ${address}/v1/search -H 'content-type: application/json' -d '{"query": "لماذا ننام؟", "limit": 3}'`,
    });
  };
}
