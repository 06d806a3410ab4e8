import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import proxyAddr from 'proxy-addr';

/** Tells where a request came from. Null when its connection was closed too early. */
export type ClientAddressReader = (req: IncomingMessage) => string | null;

/**
 * Reads the address of whoever asks: that of the connection, or, when a trusted proxy has it, the last one that the
 * proxies name in `X-Forwarded-For` and that is no trusted proxy itself. What stands before that one was written by
 * whoever asks, and is not believed.
 *
 * @param trustedProxies  Addresses, networks (`10.0.0.0/8`), `loopback`, `linklocal`, `uniquelocal`. None: the header is
 *   not looked at.
 * @throws TypeError for what is none of these
 */
export function clientAddressReader(trustedProxies: readonly string[]): ClientAddressReader {
  if (trustedProxies.length === 0) return ({ socket }) => socket.remoteAddress ?? null;
  const isTrusted = proxyAddr.compile([...trustedProxies]);
  return (req) => {
    const { remoteAddress } = req.socket;
    if (remoteAddress === undefined) return null;
    // From the connection on: each of them but the last is a trusted proxy.
    const addresses = proxyAddr.all(req, isTrusted).map(withoutPort);
    return addresses.findLast((address) => isIP(address) !== 0) ?? remoteAddress;
  };
}

/** Some proxies write the port behind the address: `192.0.2.1:50312`, `[2001:db8::1]:50312`. */
function withoutPort(address: string): string {
  const { bracketed, plain } =
    /^(?:\[(?<bracketed>[^\]]+)\](?::\d+)?|(?<plain>[\d.]+):\d+)$/.exec(address)?.groups ?? {};
  return bracketed ?? plain ?? address;
}
