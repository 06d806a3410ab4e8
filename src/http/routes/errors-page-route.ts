import { z } from 'zod';
import type { HttpServerOptions } from '../http-server-options.js';
import { defineRoute, type Route } from '../route.js';
import { ERRORS_PAGE_PATH } from '../wire-format.js';

export function errorsPageRoute({ errorsPage }: Pick<HttpServerOptions, 'errorsPage'>): Route {
  const bytes = Buffer.from(errorsPage);
  return defineRoute({
    method: 'get',
    path: ERRORS_PAGE_PATH,
    operationId: 'errors',
    tag: 'service',
    summary: 'What each error means',
    description:
      'The page that the `link` of an error opens: when each code occurs, and what to do about it.',
    scope: 'public',
    lane: 'light',
    replies: { 200: { description: 'The page.', content: { 'text/markdown': z.string() } } },
    errors: [],
    examples: { page: { summary: 'The page' } },
    handle: ({ res }) => {
      res.setHeader('content-type', 'text/markdown; charset=utf-8');
      res.setHeader('content-length', bytes.length);
      res.end(bytes);
    },
  });
}
