import { isIPv6 } from 'node:net';

/** Groups of 16 bits that one customer has for himself: a provider gives each at least a /64. */
const NETWORK_GROUPS = 4;

/**
 * What counts as one address: an IPv4 address, or the network (/64) of an IPv6 address, of which a caller has as many
 * as he likes. IPv4 in IPv6 form (`::ffff:192.0.2.1`) is IPv4.
 */
export function addressGroup(address: string | null): string {
  const plain = (address ?? 'unknown').replace(/%.*$/, '').toLowerCase();
  const { mapped } = /^::ffff:(?<mapped>[\d.]+)$/.exec(plain)?.groups ?? {};
  if (mapped !== undefined) return mapped;
  if (!isIPv6(plain)) return plain;
  const [head = '', tail] = plain.split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = Array.from({ length: Math.max(0, 8 - before.length - after.length) }, () => '0');
  const groups = [...before, ...zeros, ...after].slice(0, NETWORK_GROUPS);
  return `${groups.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`;
}
