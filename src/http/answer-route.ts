import type { Request, RequestHandler, Response } from 'express';
import type { z } from 'zod';
import { checkContentType } from './check-content-type.js';
import type { Gate } from './gate.js';
import { searchOf } from './path-of.js';
import { readFields } from './read-fields.js';
import { readJsonBody } from './read-json-body.js';
import { replyFacts } from './reply-facts.js';
import type { Route } from './route.js';

/** What runs for each request of a route: the gates, then reading and checking what was sent, then the handler. */
export function answerRoute(route: Route, gates: readonly Gate[]): RequestHandler {
  return async (req, res) => {
    replyFacts(res).route = route;
    for (const gate of gates) {
      const passing = gate.check({ route, req, res });
      if (passing !== undefined) await passing;
    }
    const json = await readBody(route, req, res);
    const startedAt = performance.now();
    await route.handle({
      req,
      res,
      path: route.pathParameters === undefined ? undefined : readPath(req.params, route.pathParameters),
      query: route.query?.read(searchOf(req.originalUrl)),
      body: route.body?.kind === 'json' ? route.body.read(json) : undefined,
      startedAt,
    });
  };
}

async function readBody({ body }: Route, req: Request, res: Response): Promise<unknown> {
  if (body === undefined) return undefined;
  if (body.kind === 'json') return readJsonBody(req, res, body.maxBytes);
  checkContentType(req.headers['content-type'], Object.keys(body.content));
  return undefined;
}

/** Express gives what a wildcard matched as its decoded segments. */
function readPath(segments: Readonly<Record<string, unknown>>, schema: z.ZodObject): Record<string, unknown> {
  const values = Object.entries(segments).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.join('/') : value,
  ]);
  return readFields(Object.fromEntries(values), schema);
}
