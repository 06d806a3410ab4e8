import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
import { FihristError } from '../domain/errors.js';
import { articleRoute } from './article-route.js';
import { quoteValue } from './describe-value.js';
import type { HttpServerOptions } from './http-server-options.js';
import { pathOf } from './log-request.js';
import { replyWithError } from './reply-with-error.js';
import { searchRoute } from './search-route.js';
import { errorsPageRoute, healthRoute, readinessRoute, welcomeRoute } from './service-routes.js';
import { ERRORS_PAGE_PATH } from './wire-format.js';

/**
 * The routes. There is no middleware for all of them: a search passes through reading its body and nothing else.
 */
export function createApp(options: HttpServerOptions): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.disable('query parser');
  app.enable('case sensitive routing');
  app.enable('strict routing');

  app.route('/v1/search').post(searchRoute(options)).all(onlyAllows('POST'));
  const readable: ReadonlyArray<readonly [path: string, handler: RequestHandler]> = [
    ['/v1/articles/*id', articleRoute(options)],
    ['/healthz', healthRoute(options)],
    ['/readyz', readinessRoute(options)],
    [ERRORS_PAGE_PATH, errorsPageRoute(options)],
    ['/', welcomeRoute(options)],
  ];
  for (const [path, handler] of readable) app.route(path).get(handler).all(onlyAllows('GET', 'HEAD'));

  app.use((req) => {
    throw new FihristError(
      'ROUTE_NOT_FOUND',
      `There is no path ${quoteValue(pathOf(req.originalUrl))}; GET / lists those there are.`,
    );
  });
  const onError: ErrorRequestHandler = (error, _req, res, _next) => replyWithError(res, error, options);
  app.use(onError);
  return app;
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
