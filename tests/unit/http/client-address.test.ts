import type { IncomingMessage } from 'node:http';
import { describe, expect, test } from 'vitest';
import { clientAddressReader } from '../../../src/http/client-address.js';

const request = (remoteAddress: string | undefined, forwardedFor?: string) =>
  ({
    socket: { remoteAddress },
    headers: forwardedFor === undefined ? {} : { 'x-forwarded-for': forwardedFor },
  }) as unknown as IncomingMessage;

describe('where a request came from', () => {
  test.each<[string, string | undefined, string | undefined, readonly string[], string | null]>([
    ['without a trusted proxy is the connection', '203.0.113.9', '198.51.100.1', [], '203.0.113.9'],
    ['is unknown when the connection is gone', undefined, '198.51.100.1', [], null],
    ['is unknown when the connection to a proxy is gone', undefined, '198.51.100.1', ['loopback'], null],
    ['is what a trusted proxy says', '127.0.0.1', '198.51.100.1', ['loopback'], '198.51.100.1'],
    ['is a trusted proxy that says nothing', '127.0.0.1', undefined, ['loopback'], '127.0.0.1'],
    ['is a stranger who says something', '203.0.113.9', '198.51.100.1', ['loopback'], '203.0.113.9'],
    [
      'is not what the caller wrote before',
      '127.0.0.1',
      '1.1.1.1, 198.51.100.1',
      ['loopback'],
      '198.51.100.1',
    ],
    [
      'is seen through several proxies',
      '127.0.0.1',
      '1.1.1.1, 198.51.100.1, 10.1.2.3',
      ['loopback', '10.0.0.0/8'],
      '198.51.100.1',
    ],
    ['ends at a proxy that nobody named', '127.0.0.1', '1.1.1.1, 10.1.2.3', ['loopback'], '10.1.2.3'],
    [
      'is the first of them when all are trusted',
      '127.0.0.1',
      '10.9.9.9, 10.1.2.3',
      ['loopback', 'uniquelocal'],
      '10.9.9.9',
    ],
    ['knows IPv4 in IPv6 form', '::ffff:192.0.2.1', '198.51.100.1', ['192.0.2.1'], '198.51.100.1'],
    ['knows networks of IPv6', '2001:db8::5', '2001:db8:1::1', ['2001:db8::/48'], '2001:db8:1::1'],
    // CVE-2026-90711: such a network, with a prefix as of IPv4, once was every address.
    [
      'is no stranger who is not in a mapped network',
      '192.0.2.1',
      '198.51.100.1',
      ['::ffff:10.0.0.0/8'],
      '192.0.2.1',
    ],
    ['does not count a port', '127.0.0.1', '198.51.100.1:50312', ['loopback'], '198.51.100.1'],
    ['does not count a port of IPv6', '127.0.0.1', '[2001:db8::1]:50312', ['loopback'], '2001:db8::1'],
    ['is the proxy when it says nonsense', '127.0.0.1', 'unknown', ['loopback'], '127.0.0.1'],
    ['is the proxy before the nonsense', '127.0.0.1', '<b>, 10.1.2.3', ['loopback', '10.1.2.3'], '10.1.2.3'],
    ['is no short form of an address', '127.0.0.1', '0x7f.1', ['loopback'], '127.0.0.1'],
    ['is the proxy when it says nothing at all', '127.0.0.1', '', ['loopback'], '127.0.0.1'],
  ])('%s', (_, remoteAddress, forwardedFor, trusted, address) => {
    expect(clientAddressReader(trusted)(request(remoteAddress, forwardedFor))).toBe(address);
  });

  test('is found in a header as long as there may be, at once', () => {
    const many = `${'198.51.100.1,'.repeat(1_200)}198.51.100.2`;
    const startedAt = performance.now();
    expect(clientAddressReader(['127.0.0.1'])(request('127.0.0.1', many))).toBe('198.51.100.2');
    expect(performance.now() - startedAt).toBeLessThan(50);
  });
});
