import type { IncomingHttpHeaders } from 'node:http';
import { isIP } from 'node:net';
import {
  localhostAllowedHostnames,
  validateHostHeader,
  validateOriginHeader,
} from '@modelcontextprotocol/server';
import { FihristError } from '../domain/errors.js';
import { quoteValue } from '../text/describe-value.js';

/**
 * Refuses requests that a web page smuggled in by DNS rebinding: its own name, made to lead to this machine. Such a
 * request names a host that this service is not known by, or comes from a page of such a host. An address in numbers
 * needs no name server, and cannot be rebound.
 *
 * @param names  Host names that the service is known by, besides those of this machine.
 * @throws HOST_NOT_ALLOWED (caller)
 */
export function checkCallerAddress(
  { host, origin }: Pick<IncomingHttpHeaders, 'host' | 'origin'>,
  names: readonly string[],
): void {
  const known = [...localhostAllowedHostnames(), ...names];
  const hostname = hostnameOf(host);
  if (!isAddress(hostname) && !validateHostHeader(host, known).ok) throw refusal('Host', host);
  // A page that this very service delivered is no stranger.
  if (!validateOriginHeader(origin, [...known, hostname]).ok) throw refusal('Origin', origin);
}

/** Empty when the header is none. */
function hostnameOf(host = ''): string {
  const address = `http://${host}`;
  return URL.canParse(address) ? new URL(address).hostname : '';
}

function isAddress(hostname: string): boolean {
  return isIP(hostname.replace(/^\[(.*)\]$/, '$1')) !== 0;
}

function refusal(header: 'Host' | 'Origin', value: string | undefined): FihristError {
  const given = value === undefined ? 'is missing' : `is ${quoteValue(value)}`;
  return new FihristError(
    'HOST_NOT_ALLOWED',
    `${header} ${given}, which this service is not known by; add its name to FIHRIST_ALLOWED_HOSTS.`,
    { details: { header: header.toLowerCase(), value: value ?? null, setting: 'FIHRIST_ALLOWED_HOSTS' } },
  );
}
