import type { Request, Response } from 'express';
import type { z } from 'zod';
import type { ErrorCode, FihristError } from '../domain/errors.js';
import type { Access } from './access.js';
import type { RouteBody, ValueOfBody } from './route-body.js';
import type { RouteQuery } from './route-query.js';
import type { RouteReply } from './route-reply.js';

/** Who may call a route. `public` needs no key even where keys are asked for, and so must not read the archive. */
export type RouteScope = 'public' | 'search' | 'articles:write' | 'admin';

/**
 * What a request counts as when the service is busy: a probe or a page, a search, an answer, texts to embed, or a change of
 * the archive. An answer searches: for as long, and no longer, it takes the place of a search besides its own.
 */
export type RouteLane = 'light' | 'search' | 'answer' | 'embedding' | 'write';

export type RouteMethod = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** The chapters of the reference, in its order, and what each is about. */
export const ROUTE_TAGS = {
  search: 'Asking questions, and how they are understood.',
  answers: 'Answers with their sources.',
  articles: 'What is in the archive.',
  tasks: 'Large batches of articles, which are written while nobody waits.',
  backups: 'Copies of the archive that it can be restored from.',
  interfaces: 'Contracts that other software speaks already; which are on is a setting.',
  service: 'Whether the service works, and how to use it.',
} as const;

/** One request of a route, read and checked. */
export interface RouteCall<Path = unknown, Query = unknown, Body = unknown> {
  readonly req: Request;
  readonly res: Response;
  /** The parameters of the path, decoded. */
  readonly path: Path;
  /** The parameters after `?`; undefined when the route declares none (then they are not looked at). */
  readonly query: Query;
  /** What `body.read` or `body.receive` made of the body; undefined for a route without one, or that reads `req` itself. */
  readonly body: Body;
  /** For whom the request is answered, and until when. */
  readonly access: Access;
  /** `performance.now()` when the whole request had arrived; what `took_ms` counts from. */
  readonly startedAt: number;
}

/** A request that can be made as it stands, with what comes back. A test makes each of them. */
export interface RouteExample {
  /** One line on what it shows. */
  readonly summary: string;
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | number | boolean | readonly string[]>>;
  /** Headers that the request needs besides its content type. */
  readonly headers?: Readonly<Record<string, string>>;
  /** A JSON value; for a stream of another media type, its text. */
  readonly body?: unknown;
  /** Default: the one media type of the route's body. */
  readonly mediaType?: string;
  /** Default: 200. */
  readonly status?: number;
  /** A reply to such a request, for people: numbers and texts may differ, fields may not. */
  readonly reply?: unknown;
}

/** How a contract of others writes errors. */
export interface ErrorReply {
  readonly schema: z.ZodType;
  readonly toBody: (error: FihristError) => unknown;
}

/**
 * All there is to say about one route. Routing, the `allow` header, the list on `GET /`, the reference at
 * `/openapi.json`, and what gates and observers tell routes apart by are made of this.
 */
export interface Route {
  readonly method: RouteMethod;
  /** As OpenAPI writes it: `/v1/articles/{id}`. A parameter may hold slashes, raw or as `%2F`. */
  readonly path: `/${string}`;
  /** Unique, camelCase: the name of the function in generated clients, and the one on `GET /`. */
  readonly operationId: string;
  readonly tag: keyof typeof ROUTE_TAGS;
  /** A few words without a full stop. */
  readonly summary: string;
  /** Markdown; whole sentences. */
  readonly description: string;
  readonly scope: RouteScope;
  readonly lane: RouteLane;
  /** Whether it is for people: who has no key is sent to where one is asked for. Default: false. */
  readonly isPage?: boolean;
  /** Its work takes as long as there is to do, or has limits of its own: that of the lane is not kept. Default: false. */
  readonly timesItself?: boolean;
  /** One string field for each `{name}` of the path. */
  readonly pathParameters?: z.ZodObject;
  /** Unset: what stands after `?` is not looked at. */
  readonly query?: RouteQuery<unknown>;
  readonly body?: RouteBody;
  /** By HTTP status, errors left out: they are made of `errors`. */
  readonly replies: Readonly<Record<number, RouteReply>>;
  /** What its own work can throw. What reading the request, and every gate, can throw is added. */
  readonly errors: readonly ErrorCode[];
  /** The form of its errors, for a contract that has its own, whatever a caller prefers. Default: that of all others. */
  readonly errorReply?: ErrorReply;
  /** By name (snake_case). At least one, the first a typical one. */
  readonly examples: Readonly<Record<string, RouteExample>>;
  /** Answers. What it throws becomes an error reply. */
  handle(call: RouteCall): void | Promise<void>;
}

interface RouteDeclaration<Path extends z.ZodObject, Query, Body extends RouteBody> extends Route {
  readonly pathParameters?: Path;
  readonly query?: RouteQuery<Query>;
  readonly body?: Body;
  handle(call: RouteCall<z.output<Path>, Query, ValueOfBody<Body>>): void | Promise<void>;
}

/** Declares a route; gives `handle` the types of what was declared before it. */
export function defineRoute<
  Path extends z.ZodObject = z.ZodObject,
  Query = undefined,
  Body extends RouteBody = RouteBody,
>(route: RouteDeclaration<Path, Query, Body>): Route {
  return route;
}
