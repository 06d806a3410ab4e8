import type { Request, RequestHandler, Response } from 'express';
import type { z } from 'zod';
import type { WatchSearch } from '../search/watch-search.js';
import { checkContentType } from './check-content-type.js';
import type { Gate, GateRequest } from './gate.js';
import { searchOf } from './path-of.js';
import { readFields } from './read-fields.js';
import { readJsonBody } from './read-json-body.js';
import { replyFacts } from './reply-facts.js';
import type { Route, RouteCall, RouteLane } from './route.js';
import { watchSearches } from './watch-searches.js';
import { type TimeLimits, WorkTime } from './work-time.js';

const NO_LIMITS: TimeLimits = { light: null, search: null, answer: null, embedding: null, write: null };

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
    const takeRoom = (lane: RouteLane) => enterAll(withRoom, { request, lane, signal: time.signal });
    const watched = watchSearches(res);
    const watch: WatchSearch =
      route.lane === 'answer'
        ? (asked, search) => within(takeRoom('search'), () => watched(asked, search))
        : watched;
    const call: RouteCall = {
      req,
      res,
      ...read,
      startedAt,
      access: { filter, scopes, signal: time.signal, beginChange: time.beginChange, watch },
    };
    const work = within(takeRoom(route.lane), async () => route.handle(call)).finally(() => time.end());
    // A handler that does not heed the signal goes on; its late reply, and what it throws, concern nobody any more.
    work.catch(() => {});
    await (time.over === null ? work : Promise.race([work, time.over]));
  };
}

interface BeginningWork {
  readonly request: GateRequest;
  readonly lane: RouteLane;
  readonly signal: AbortSignal;
}

/** @returns What gives back the room that the gates gave. */
async function enterAll(
  gates: readonly Gate[],
  { request, lane, signal }: BeginningWork,
): Promise<() => void> {
  const left: Array<() => void> = [];
  const leave = () => {
    for (const one of left.reverse()) one();
  };
  try {
    for (const gate of gates) {
      const leaveOne = await gate.enter?.(request, lane, signal);
      if (leaveOne !== undefined && leaveOne !== null) left.push(leaveOne);
    }
  } catch (error) {
    leave();
    throw error;
  }
  return leave;
}

/** Room is kept until the work has really ended, even if its reply was given up before. */
async function within<Result>(
  room: Promise<() => void>,
  work: () => Promise<Result>,
): Promise<Awaited<Result>> {
  const leave = await room;
  try {
    return await work();
  } finally {
    leave();
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
