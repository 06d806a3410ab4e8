import type { ServerResponse } from 'node:http';
import type { ErrorCode } from '../domain/errors.js';
import type { Route } from './route.js';

/** What is known of a reply besides what is in it. */
export interface ReplyFacts {
  /** Null as long as no route was found. */
  route: Route | null;
  /** Null as long as nothing went wrong. */
  errorCode: ErrorCode | null;
}

const factsOf = new WeakMap<ServerResponse, ReplyFacts>();

/** The facts of a reply, which those who make the reply fill in. */
export function replyFacts(res: ServerResponse): ReplyFacts {
  let facts = factsOf.get(res);
  if (facts === undefined) {
    facts = { route: null, errorCode: null };
    factsOf.set(res, facts);
  }
  return facts;
}
