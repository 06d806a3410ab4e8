import type { ServerResponse } from 'node:http';
import type { Html } from './html/html.js';

/** Scripts, styles and fonts from here alone, and none in the page; nothing from elsewhere. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The headers that every page has. What was asked stands in the address: no other host is to hear of it. */
export function setPageHeaders(res: ServerResponse): void {
  res.setHeader('content-security-policy', CONTENT_SECURITY_POLICY);
  res.setHeader('referrer-policy', 'same-origin');
  res.setHeader('content-type', 'text/html; charset=utf-8');
  // Set already where it is stricter.
  if (!res.hasHeader('cache-control')) res.setHeader('cache-control', 'private, no-cache');
  res.appendHeader('vary', 'accept-language');
}

/** Writes a whole page. To HEAD, node sends the headers alone. */
export function sendPage(res: ServerResponse, httpStatus: number, page: Html): void {
  const bytes = Buffer.from(page.toString());
  res.statusCode = httpStatus;
  setPageHeaders(res);
  res.setHeader('content-length', bytes.length);
  res.end(bytes);
}
