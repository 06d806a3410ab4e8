import type { HttpServerOptions } from '../http-server-options.js';
import { defineRoute, type Route } from '../route.js';
import { jsonReply } from '../route-reply.js';
import { readinessReplySchema } from '../schemas/service-reply-schemas.js';
import { sendJson } from '../send-json.js';
import { toWireReadiness } from '../wire-format.js';

export const READINESS_PATH = '/readyz';

export function readinessRoute({ readiness }: Pick<HttpServerOptions, 'readiness'>): Route {
  return defineRoute({
    method: 'get',
    path: READINESS_PATH,
    operationId: 'readiness',
    tag: 'service',
    summary: 'Whether the index is complete',
    description:
      'Answers 200 when the index is complete, 503 until then and when the service is stopping. Searches are answered ' +
      'earlier, from what is already indexed, when the only reason is `INDEXING`.',
    scope: 'public',
    lane: 'light',
    replies: {
      200: jsonReply('The index is complete.', readinessReplySchema),
      503: jsonReply('The index is not complete yet.', readinessReplySchema),
    },
    errors: [],
    examples: {
      ready: { summary: 'When it is', reply: { status: 'ready', reasons: [], warnings: [], indexing: null } },
      indexing: {
        summary: 'When it is not yet',
        status: 503,
        reply: {
          status: 'not_ready',
          reasons: [{ code: 'INDEXING', message: 'the articles are being indexed' }],
          warnings: [],
          indexing: { articles_done: 12, articles_total: 48 },
        },
      },
    },
    handle: ({ res }) => {
      const state = readiness();
      res.setHeader('cache-control', 'no-store');
      sendJson(res, state.ready ? 200 : 503, toWireReadiness(state));
    },
  });
}
