import type { ServerResponse } from 'node:http';
import type { ErrorCode, FihristError } from '../domain/errors.js';
import { ANYONE, type Caller } from '../keys/caller.js';
import type { Route } from './route.js';

/** What is known of a reply besides what is in it. */
export interface ReplyFacts {
  /** Null as long as no route was found. */
  route: Route | null;
  /** Null as long as nothing went wrong. */
  errorCode: ErrorCode | null;
  /** Who asked. */
  caller: Caller;
  /** Why the caller's key does not count; null when it does, or none is asked for. */
  keyRefusal: FihristError | null;
  /** Id of a key that was right once and has ended. */
  refusedKeyId: string | null;
  /** Keys that stood in the address, without their secrets. */
  redactedQuery: string | null;
}

const factsOf = new WeakMap<ServerResponse, ReplyFacts>();

/** The facts of a reply, which those who make the reply fill in. */
export function replyFacts(res: ServerResponse): ReplyFacts {
  let facts = factsOf.get(res);
  if (facts === undefined) {
    facts = {
      route: null,
      errorCode: null,
      caller: ANYONE,
      keyRefusal: null,
      refusedKeyId: null,
      redactedQuery: null,
    };
    factsOf.set(res, facts);
  }
  return facts;
}
