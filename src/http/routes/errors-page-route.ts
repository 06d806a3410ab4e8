import accepts from 'accepts';
import { z } from 'zod';
import type { HttpServerOptions } from '../http-server-options.js';
import { type Page, renderPage } from '../render-page.js';
import { defineRoute, type Route } from '../route.js';
import { sendText } from '../send-text.js';
import { ERRORS_PAGE_PATH } from '../wire-format.js';

export function errorsPageRoute({ errorsPage }: Pick<HttpServerOptions, 'errorsPage'>): Route {
  let page: Page | null = null;
  return defineRoute({
    method: 'get',
    path: ERRORS_PAGE_PATH,
    operationId: 'errors',
    tag: 'service',
    summary: 'What each error means',
    description:
      'The page that the `link` of an error opens: when each code occurs, and what to do about it. HTML for those ' +
      'who prefer it by their `Accept` header, as browsers do; else Markdown.',
    scope: 'public',
    lane: 'light',
    replies: {
      200: {
        description: 'The page.',
        content: {
          'text/markdown': z.string().describe('The page as Markdown.'),
          'text/html': z.string().describe('The page for browsers.'),
        },
      },
    },
    errors: [],
    examples: { page: { summary: 'The page as Markdown' } },
    handle: ({ req, res }) => {
      res.setHeader('vary', 'accept');
      if (accepts(req).type(['text/markdown', 'text/html']) !== 'text/html') {
        sendText(res, 'text/markdown', errorsPage);
        return;
      }
      page ??= renderPage(errorsPage, 'Errors · Fihrist');
      res.setHeader('content-security-policy', page.contentSecurityPolicy);
      sendText(res, 'text/html', page.html);
    },
  });
}
