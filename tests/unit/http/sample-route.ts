import { z } from 'zod';
import { defineRoute, type Route } from '../../../src/http/route.js';
import { jsonReply } from '../../../src/http/route-reply.js';
import { sendJson } from '../../../src/http/send-json.js';

/** A route that answers `{}`, with what a test says otherwise. */
export function sampleRoute(overrides: Partial<Route> = {}): Route {
  return {
    ...defineRoute({
      method: 'get',
      path: '/sample',
      operationId: 'sample',
      tag: 'service',
      summary: 'A sample',
      description: 'A sample.',
      scope: 'public',
      lane: 'light',
      replies: { 200: jsonReply('Nothing.', z.object({})) },
      errors: [],
      examples: { sample: { summary: 'A sample' } },
      handle: ({ res }) => sendJson(res, 200, {}),
    }),
    ...overrides,
  };
}
