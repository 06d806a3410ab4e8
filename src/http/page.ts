import type { Request, Response } from 'express';
import { z } from 'zod';
import type { ErrorCode } from '../domain/errors.js';
import type { Access } from './access.js';
import { searchOf } from './path-of.js';
import { replyFacts } from './reply-facts.js';
import { defineRoute, type Route, type RouteLane, type RouteScope } from './route.js';

/** One request for a page. */
export interface PageCall {
  readonly req: Request;
  readonly res: Response;
  /** The parameters of the path, decoded. */
  readonly path: Readonly<Record<string, string>>;
  /** What stands after `?`, encoded: pages read it themselves, and leave alone what they do not know. */
  readonly search: string;
  /** For whom the page is, and until when. */
  readonly access: Access;
  /** Whether the reader has signed in, and can sign out. */
  readonly isSignedIn: boolean;
  /** `performance.now()` when the request had arrived. */
  readonly startedAt: number;
}

/**
 * Something for browsers that another room serves through this one: it passes the gates and is observed as every route
 * is, but is no part of the interface for programs and not in its reference.
 */
export interface Page {
  readonly method: 'get' | 'post';
  /**
   * As a route writes it. A page at the path and method of a route is what callers get who prefer HTML by their
   * `Accept` header.
   */
  readonly path: `/${string}`;
  /** Unique, camelCase. */
  readonly name: string;
  readonly summary: string;
  readonly scope: RouteScope;
  readonly lane: RouteLane;
  /** What its own work can throw. */
  readonly errors: readonly ErrorCode[];
  /** Answers. What it throws becomes an error page. */
  handle(call: PageCall): void | Promise<void>;
}

/** A page as gates, observers and the router know routes. */
export function toPageRoute({ method, path, name, summary, scope, lane, errors, handle }: Page): Route {
  const parameters = [...path.matchAll(/\{(\w+)\}/g)].map(([, parameter]) => [parameter, z.string()]);
  return defineRoute({
    method,
    path,
    operationId: name,
    tag: 'service',
    summary,
    description: `${summary}.`,
    scope,
    lane,
    isPage: true,
    ...(parameters.length === 0 ? {} : { pathParameters: z.object(Object.fromEntries(parameters)) }),
    replies: { 200: { description: 'The page.', content: { 'text/html': z.string() } } },
    errors,
    examples: {},
    handle: ({ req, res, path: values, access, startedAt }) =>
      handle({
        req,
        res,
        path: (values ?? {}) as Readonly<Record<string, string>>,
        search: searchOf(req.originalUrl),
        access,
        isSignedIn: replyFacts(res).isSignedIn,
        startedAt,
      }),
  });
}
