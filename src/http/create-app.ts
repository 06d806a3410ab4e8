import type { RequestListener } from 'node:http';
import { type Request, type RequestHandler, type Response, Router } from 'express';
import { FihristError } from '../domain/errors.js';
import { quoteValue } from '../text/describe-value.js';
import { answerRoute } from './answer-route.js';
import type { HttpServerOptions } from './http-server-options.js';
import { pathOf } from './path-of.js';
import { replyWithError } from './reply-with-error.js';
import type { Route } from './route.js';
import { listRoutes } from './routes/list-routes.js';
import { routesByPath } from './routes-by-path.js';

/**
 * The routes. There is no middleware for all of them: a search passes the gates, has its body read, and nothing else.
 * Nor is there an express application around them, which would give every request and reply another prototype: slow
 * ones, and none of what it adds is used here.
 */
export function createApp(options: HttpServerOptions): RequestListener {
  const answering = { gates: options.gates ?? [], timeLimitsMs: options.timeLimitsMs };
  const router = Router({ caseSensitive: true, strict: true });
  for (const [path, routes] of routesByPath(listRoutes(options))) {
    const place = router.route(path.replace(/\{(\w+)\}/g, '*$1'));
    for (const route of routes) place[route.method](answerRoute(route, answering));
    place.all(onlyAllows(allowedMethods(routes)));
  }
  return (req, res) => {
    router(req as Request, res as Response, (error?: unknown) =>
      replyWithError(res, error ?? noRoute(req.url), options),
    );
  };
}

/** For the `allow` header. Whatever can be got can be asked for its headers alone. */
function allowedMethods(routes: readonly Route[]): string[] {
  return routes.flatMap(({ method }) => (method === 'get' ? ['GET', 'HEAD'] : [method.toUpperCase()]));
}

function noRoute(target: string | undefined): FihristError {
  return new FihristError(
    'ROUTE_NOT_FOUND',
    `There is no path ${quoteValue(pathOf(target))}; GET / lists those there are.`,
  );
}

/** Refuses every other method of a path that exists. */
function onlyAllows(methods: readonly string[]): RequestHandler {
  return (req, res) => {
    res.setHeader('allow', methods.join(', '));
    throw new FihristError(
      'METHOD_NOT_ALLOWED',
      `${req.method} is not allowed on ${quoteValue(pathOf(req.originalUrl))}; allowed: ${methods.join(', ')}.`,
      { details: { method: req.method, allowed: methods } },
    );
  };
}
