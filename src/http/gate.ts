import type { Request, Response } from 'express';
import type { ErrorCode } from '../domain/errors.js';
import type { Route } from './route.js';

/** A request that has found its route and was not read any further. */
export interface GateRequest {
  readonly route: Route;
  readonly req: Request;
  readonly res: Response;
}

/**
 * What stands before the handlers of routes: who may pass (authentication), how often (limits), and whether there is
 * room (admission). Gates are passed in the order of their list, before the body is read.
 */
export interface Gate {
  /** What it can refuse a request of this route with: for the reference. Empty when it lets all of them pass. */
  errorsOf(route: Route): readonly ErrorCode[];
  /**
   * Lets a request pass by returning, or refuses it by throwing a FihristError. It may set headers of the reply, and
   * undo what it did when `res` emits `close`, which it always does. Only what has to wait returns a promise.
   */
  check(request: GateRequest): void | Promise<void>;
}
