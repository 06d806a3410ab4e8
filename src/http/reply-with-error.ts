import type { ServerResponse } from 'node:http';
import type { HttpServerOptions } from './http-server-options.js';
import { noteError } from './note-error.js';
import { prefersHtml } from './prefers-html.js';
import { replyFacts } from './reply-facts.js';
import { sendJson } from './send-json.js';
import { sendText } from './send-text.js';
import { toWireError } from './wire-format.js';

/** Seconds after which a 503 is worth another try. */
const RETRY_AFTER_S = 5;

/**
 * Answers a request that failed. What is not in the catalogue becomes INTERNAL and is logged with its stack;
 * the caller gets the request id to ask for it, never the stack. Browsers get a page where there is one,
 * unless the route is a contract that has a form of its own.
 */
export function replyWithError(
  res: ServerResponse,
  error: unknown,
  options: Pick<HttpServerOptions, 'logger' | 'errorPage'>,
): void {
  // The caller has gone: the search was stopped for that reason, and there is nobody to tell.
  if (res.destroyed) return;
  const known = noteError(res, error, options);
  if (res.headersSent) {
    // Half a reply cannot become an error reply; cutting it is the only way to say that it is not whole.
    res.destroy();
    return;
  }
  res.setHeader('cache-control', 'no-store');
  if (known.httpStatus === 503 && !res.hasHeader('retry-after')) res.setHeader('retry-after', RETRY_AFTER_S);
  const { errorPage } = options;
  const contract = replyFacts(res).route?.errorReply;
  if (contract !== undefined || errorPage === undefined || !prefersHtml(res.req)) {
    sendJson(res, known.httpStatus, (contract?.toBody ?? toWireError)(known));
    return;
  }
  const page = errorPage(known, res.req);
  res.statusCode = known.httpStatus;
  res.setHeader('content-security-policy', page.contentSecurityPolicy);
  sendText(res, 'text/html', page.html);
}
