import type { Request, Response } from 'express';
import type { ErrorCode } from '../domain/errors.js';
import type { Route, RouteLane } from './route.js';

/** A request that has found its route. */
export interface GateRequest {
  readonly route: Route;
  readonly req: Request;
  readonly res: Response;
}

/**
 * What stands before the handlers of routes: who may pass (authentication), how often (limits), and whether there is
 * room (admission). Gates are passed in the order of their list.
 */
export interface Gate {
  /** What it can refuse a request of this route with: for the reference. Empty when it lets all of them pass. */
  errorsOf(route: Route): readonly ErrorCode[];
  /**
   * Before the request is read any further. Lets it pass by returning, or refuses it by throwing a FihristError. It may
   * set headers of the reply, and undo what it did when `res` emits `close`, which it always does. Only what has to wait
   * returns a promise.
   */
  check(request: GateRequest): void | Promise<void>;
  /**
   * When work begins for a request that was read and found right, so that whoever sends slowly takes no room. May wait,
   * until `signal` fires.
   * @param lane  Of the work: the route's, or that of a part of what it does.
   * @returns What is called, once, when the handler's work has ended, however that ends; null when there is nothing.
   */
  enter?(request: GateRequest, lane: RouteLane, signal: AbortSignal): Promise<(() => void) | null>;
}
