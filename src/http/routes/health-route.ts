import type { HttpServerOptions } from '../http-server-options.js';
import { defineRoute, type Route } from '../route.js';
import { jsonReply } from '../route-reply.js';
import { healthReplySchema } from '../schemas/service-reply-schemas.js';
import { sendJson } from '../send-json.js';

export function healthRoute({ version }: Pick<HttpServerOptions, 'version'>): Route {
  return defineRoute({
    method: 'get',
    path: '/healthz',
    operationId: 'health',
    tag: 'service',
    summary: 'Whether the process is alive',
    description: 'Answers 200 as long as the process answers at all.',
    scope: 'public',
    lane: 'light',
    replies: { 200: jsonReply('It is alive.', healthReplySchema) },
    errors: [],
    examples: { probe: { summary: 'A probe', reply: { status: 'ok', version: '0.1.0' } } },
    handle: ({ res }) => sendJson(res, 200, { status: 'ok', version }),
  });
}
