import type { Request, RequestHandler, Response } from 'express';
import type { z } from 'zod';
import { checkContentType } from './check-content-type.js';
import type { Gate, GateRequest } from './gate.js';
import { searchOf } from './path-of.js';
import { readFields } from './read-fields.js';
import { readJsonBody } from './read-json-body.js';
import { replyFacts } from './reply-facts.js';
import type { Route, RouteCall } from './route.js';
import { watchSearches } from './watch-searches.js';
import { type TimeLimits, WorkTime } from './work-time.js';

const NO_LIMITS: TimeLimits = { light: null, search: null, embedding: null, write: null };

export interface AnswerOptions {
  readonly gates: readonly Gate[];
  readonly timeLimitsMs: TimeLimits;
}

/**
 * What runs for each request of a route: the gates, then reading and checking what was sent, then finding room for the
 * work, then the handler, as long as its time allows.
 */
export function answerRoute(route: Route, { gates, timeLimitsMs }: AnswerOptions): RequestHandler {
  const withRoom = gates.filter(({ enter }) => enter !== undefined);
  return async (req, res) => {
    const request: GateRequest = { route, req, res };
    replyFacts(res).route = route;
    for (const gate of gates) {
      const passing = gate.check(request);
      if (passing !== undefined) await passing;
    }
    const body = await readBody(route, req, res);
    const startedAt = performance.now();
    const read = {
      path: route.pathParameters === undefined ? undefined : readPath(req.params, route.pathParameters),
      query: route.query?.read(searchOf(req.originalUrl)),
      body: route.body?.kind === 'json' ? route.body.read(body) : body,
    };
    const limits = route.timesItself === true ? NO_LIMITS : timeLimitsMs;
    const time = new WorkTime(res, route.lane, limits);
    const { filter, scopes } = replyFacts(res).caller;
    const call: RouteCall = {
      req,
      res,
      ...read,
      startedAt,
      access: {
        filter,
        scopes,
        signal: time.signal,
        beginChange: time.beginChange,
        watch: watchSearches(res),
      },
    };
    const work = workFor(request, call, withRoom).finally(() => time.end());
    // A handler that does not heed the signal goes on; its late reply, and what it throws, concern nobody any more.
    work.catch(() => {});
    await Promise.race([work, time.over]);
  };
}

/** Room is kept until the work has really ended, even if its reply was given up before. */
async function workFor(request: GateRequest, call: RouteCall, gates: readonly Gate[]): Promise<void> {
  const leave: Array<() => void> = [];
  try {
    for (const gate of gates) {
      const left = await gate.enter?.(request, call.access.signal);
      if (left !== undefined && left !== null) leave.push(left);
    }
    await request.route.handle(call);
  } finally {
    for (const left of leave.reverse()) left();
  }
}

async function readBody({ body }: Route, req: Request, res: Response): Promise<unknown> {
  if (body === undefined) return undefined;
  if (body.kind === 'json') return readJsonBody(req, res, body.maxBytes);
  checkContentType(req.headers['content-type'], Object.keys(body.content));
  return body.receive?.(req, res);
}

/** Express gives what a wildcard matched as its decoded segments. */
function readPath(segments: Readonly<Record<string, unknown>>, schema: z.ZodObject): Record<string, unknown> {
  const values = Object.entries(segments).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.join('/') : value,
  ]);
  return readFields(Object.fromEntries(values), schema);
}
