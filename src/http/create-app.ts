import type { RequestListener } from 'node:http';
import { type Request, type RequestHandler, type Response, Router } from 'express';
import { FihristError } from '../domain/errors.js';
import { quoteValue } from '../text/describe-value.js';
import { analyzeRoute } from './analyze-route.js';
import { articleRoute } from './article-route.js';
import type { HttpServerOptions } from './http-server-options.js';
import { pathOf } from './log-request.js';
import { relatedRoute } from './related-route.js';
import { replyWithError } from './reply-with-error.js';
import { searchRoute } from './search-route.js';
import { errorsPageRoute, healthRoute, readinessRoute, welcomeRoute } from './service-routes.js';
import { ERRORS_PAGE_PATH } from './wire-format.js';

/**
 * The routes. There is no middleware for all of them: a search passes through reading its body and nothing else. Nor
 * is there an express application around them, which would give every request and reply another prototype: slow
 * ones, and none of what it adds is used here.
 */
export function createApp(options: HttpServerOptions): RequestListener {
  const router = Router({ caseSensitive: true, strict: true });
  router.route('/v1/search').post(searchRoute(options)).all(onlyAllows('POST'));
  router.route('/v1/analyze').post(analyzeRoute(options)).all(onlyAllows('POST'));
  const readable: ReadonlyArray<readonly [path: string, handler: RequestHandler]> = [
    ['/v1/articles/*id', articleRoute(options)],
    ['/v1/passages/*id/related', relatedRoute(options)],
    ['/healthz', healthRoute(options)],
    ['/readyz', readinessRoute(options)],
    [ERRORS_PAGE_PATH, errorsPageRoute(options)],
    ['/', welcomeRoute(options)],
  ];
  for (const [path, handler] of readable) router.route(path).get(handler).all(onlyAllows('GET', 'HEAD'));
  return (req, res) => {
    router(req as Request, res as Response, (error?: unknown) =>
      replyWithError(res, error ?? noRoute(req.url), options),
    );
  };
}

function noRoute(target: string | undefined): FihristError {
  return new FihristError(
    'ROUTE_NOT_FOUND',
    `There is no path ${quoteValue(pathOf(target))}; GET / lists those there are.`,
  );
}

/** Refuses every other method of a path that exists. */
function onlyAllows(...methods: readonly string[]): RequestHandler {
  return (req, res) => {
    res.setHeader('allow', methods.join(', '));
    throw new FihristError(
      'METHOD_NOT_ALLOWED',
      `${req.method} is not allowed on ${quoteValue(pathOf(req.originalUrl))}; allowed: ${methods.join(', ')}.`,
      { details: { method: req.method, allowed: methods } },
    );
  };
}
