import type { IncomingMessage } from 'node:http';
import type { KnownNames } from '../known-names.js';

/**
 * Whether a page of this service sent a request. Browsers say so in `Sec-Fetch-Site`, which no page can write, where the
 * service is reached over https or on this machine; elsewhere `Origin` tells, which comes with every POST.
 * A request with neither is not taken for one of ours.
 */
export function isOwnRequest({ headers }: IncomingMessage, names: Pick<KnownNames, 'isOwnOrigin'>): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  return headers.origin !== undefined && names.isOwnOrigin(headers.origin, headers.host);
}
