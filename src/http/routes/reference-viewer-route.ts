import { z } from 'zod';
import type { HttpServerOptions } from '../http-server-options.js';
import { defineRoute, type Route } from '../route.js';
import { sendText } from '../send-text.js';

export const REFERENCE_VIEWER_PATH = '/docs/viewer.js';

export function referenceViewerRoute({ referenceViewer }: Pick<HttpServerOptions, 'referenceViewer'>): Route {
  return defineRoute({
    method: 'get',
    path: REFERENCE_VIEWER_PATH,
    operationId: 'docsViewer',
    tag: 'service',
    summary: 'The program of the page',
    description: 'What `GET /docs` shows the OpenAPI document with.',
    scope: 'public',
    lane: 'light',
    replies: {
      200: { description: 'A script.', content: { 'text/javascript': z.string().describe('The script.') } },
    },
    errors: [],
    examples: { script: { summary: 'The script' } },
    handle: ({ res }) => {
      // Changes with the program only; a browser may keep it for a day.
      res.setHeader('cache-control', 'public, max-age=86400');
      sendText(res, 'text/javascript', referenceViewer);
    },
  });
}
