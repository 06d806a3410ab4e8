import type { ServerResponse } from 'node:http';
import type { ErrorCode, FihristError } from '../domain/errors.js';
import { ANYONE, type Caller } from '../keys/caller.js';
import type { RequestTrace } from '../telemetry/request-tracer.js';
import type { AskedSearch } from './asked-search.js';
import type { Route } from './route.js';

/** What is known of a reply besides what is in it. */
export interface ReplyFacts {
  /** Null as long as no route was found. */
  route: Route | null;
  /** Null as long as nothing went wrong. */
  errorCode: ErrorCode | null;
  /** Null when the request stands in no trace. */
  trace: RequestTrace | null;
  /** What was searched for to make the reply, in the order of asking. */
  readonly searches: AskedSearch[];
  /** Where the request came from: see `clientAddressReader`. Null when the connection was closed too early. */
  address: string | null;
  /** Who asked. */
  caller: Caller;
  /** Whether the caller is a person who signed in on a page. */
  isSignedIn: boolean;
  /** Why the caller's key does not count; null when it does, or none is asked for. */
  keyRefusal: FihristError | null;
  /** Whether the caller's key was refused and did not come with the request: there was none, or it is that of a session. */
  sentNoKey: boolean;
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
      address: null,
      caller: ANYONE,
      isSignedIn: false,
      keyRefusal: null,
      sentNoKey: false,
      refusedKeyId: null,
      redactedQuery: null,
      trace: null,
      searches: [],
    };
    factsOf.set(res, facts);
  }
  return facts;
}
