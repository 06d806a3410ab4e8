import type { IncomingMessage } from 'node:http';
import { TLSSocket } from 'node:tls';
import proxyAddr from 'proxy-addr';

/** Tells whether whoever asks did so over https. */
export type HttpsReader = (req: IncomingMessage) => boolean;

/**
 * This program speaks plain http, so https ends at a proxy: one that is trusted is believed when it says so in
 * `X-Forwarded-Proto`. With several values, that of the first proxy counts.
 * @param trustedProxies  As for `clientAddressReader`. None: the header is not looked at.
 */
export function httpsReader(trustedProxies: readonly string[]): HttpsReader {
  const isTrusted = trustedProxies.length === 0 ? null : proxyAddr.compile([...trustedProxies]);
  return ({ socket, headers }) => {
    if (socket instanceof TLSSocket) return true;
    const { remoteAddress } = socket;
    if (isTrusted === null || remoteAddress === undefined || !isTrusted(remoteAddress, 0)) return false;
    const given = headers['x-forwarded-proto'];
    return typeof given === 'string' && given.split(',', 1)[0]?.trim().toLowerCase() === 'https';
  };
}
