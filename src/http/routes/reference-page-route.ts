import { z } from 'zod';
import { defineRoute, type Route } from '../route.js';
import { sendText } from '../send-text.js';
import { ERRORS_PAGE_PATH } from '../wire-format.js';
import { REFERENCE_VIEWER_PATH } from './reference-viewer-route.js';

/** Lets the page load the viewer and the document from here, and nothing from elsewhere. The viewer styles elements. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>HTTP interface · Fihrist</title>
<link rel="icon" href="data:,">
<script type="module" src="${REFERENCE_VIEWER_PATH}"></script>
</head>
<body>
<openapi-explorer spec-url="/openapi.json" hide-server-selection hide-authentication display-nulls schema-expand-level="3">
<p slot="overview"><a href="${ERRORS_PAGE_PATH}">What each error means</a> · <a href="/openapi.json">The OpenAPI document</a></p>
</openapi-explorer>
<noscript><p>This page needs JavaScript; <a href="/openapi.json">the OpenAPI document</a> and
<a href="${ERRORS_PAGE_PATH}">the page about errors</a> do not.</p></noscript>
</body>
</html>
`;

export function referencePageRoute(): Route {
  return defineRoute({
    method: 'get',
    path: '/docs',
    operationId: 'docs',
    tag: 'service',
    summary: 'This interface, for people',
    description:
      'A page for browsers that shows the OpenAPI document and makes requests. Works without a network.',
    scope: 'public',
    lane: 'light',
    replies: {
      200: { description: 'The page.', content: { 'text/html': z.string().describe('The page.') } },
    },
    errors: [],
    examples: { page: { summary: 'The page' } },
    handle: ({ res }) => {
      res.setHeader('content-security-policy', CONTENT_SECURITY_POLICY);
      sendText(res, 'text/html', PAGE);
    },
  });
}
