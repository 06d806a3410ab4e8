import type { HttpServerOptions } from '../http-server-options.js';
import { defineRoute, type Route } from '../route.js';
import { jsonReply } from '../route-reply.js';
import { welcomeReplySchema } from '../schemas/service-reply-schemas.js';
import { sendJson } from '../send-json.js';

/** @param routes  All there are, this one too; asked when it is called. */
export function welcomeRoute(
  { version }: Pick<HttpServerOptions, 'version'>,
  routes: () => readonly Route[],
): Route {
  return defineRoute({
    method: 'get',
    path: '/',
    operationId: 'welcome',
    tag: 'service',
    summary: 'What there is',
    description: 'Gives name, version and routes, and a search that can be pasted into a terminal.',
    scope: 'public',
    lane: 'light',
    replies: { 200: jsonReply('The routes.', welcomeReplySchema) },
    errors: [],
    examples: { list: { summary: 'The list of routes' } },
    handle: ({ req, res }) => {
      const { host } = req.headers;
      const address = `http://${host !== undefined && /^[\w.:[\]-]+$/.test(host) ? host : 'localhost:3000'}`;
      const listed = routes().filter(({ path }) => path !== '/');
      sendJson(res, 200, {
        name: 'fihrist',
        version,
        endpoints: Object.fromEntries(
          listed.map(({ operationId, method, path }) => [operationId, `${method.toUpperCase()} ${path}`]),
        ),
        example: `curl -s ${address}/v1/search -H 'content-type: application/json' -d '{"query": "لماذا ننام؟", "limit": 3}'`,
      });
    },
  });
}
