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
 * unless the route is a contract that has a form of its own; who lacks a key for a page is sent to where one is asked for.
 */
export function replyWithError(
  res: ServerResponse,
  error: unknown,
  options: Pick<HttpServerOptions, 'logger' | 'errorPage' | 'signInAddress'>,
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
  const { errorPage, signInAddress } = options;
  const { route, isSignedIn, keyRefusal, sentNoKey } = replyFacts(res);
  const contract = route?.errorReply;
  if (contract !== undefined || errorPage === undefined || !prefersHtml(res.req)) {
    sendJson(res, known.httpStatus, (contract?.toBody ?? toWireError)(known));
    return;
  }
  if (route?.isPage === true && sentNoKey && known === keyRefusal && signInAddress !== undefined) {
    res.statusCode = 303;
    res.removeHeader('www-authenticate');
    res.setHeader('location', signInAddress(res.req));
    res.end();
    return;
  }
  const page = errorPage(known, res.req, { isSignedIn });
  res.statusCode = known.httpStatus;
  res.setHeader('content-security-policy', page.contentSecurityPolicy);
  sendText(res, 'text/html', page.html);
}
