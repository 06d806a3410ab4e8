import type { IncomingMessage } from 'node:http';
import { describe, expect, test } from 'vitest';
import { httpsReader } from '../../../../src/http/sessions/arrival-scheme.js';

const request = (remoteAddress: string | undefined, forwardedProto?: string | string[]) =>
  ({
    socket: { remoteAddress },
    headers: forwardedProto === undefined ? {} : { 'x-forwarded-proto': forwardedProto },
  }) as unknown as IncomingMessage;

describe('whether a request came over https', () => {
  test.each<[string, string | undefined, string | undefined, readonly string[], boolean]>([
    ['is not what anybody says without a trusted proxy', '203.0.113.9', 'https', [], false],
    ['is not what a stranger says', '203.0.113.9', 'https', ['loopback'], false],
    ['is what a trusted proxy says', '127.0.0.1', 'https', ['loopback'], true],
    ['is what a trusted proxy says of http', '127.0.0.1', 'http', ['loopback'], false],
    ['is not, when a trusted proxy says nothing', '127.0.0.1', undefined, ['loopback'], false],
    ['is what the first of several proxies says', '10.1.2.3', 'HTTPS, http', ['10.0.0.0/8'], true],
    ['is not a word that has it inside', '127.0.0.1', 'nothttps', ['loopback'], false],
    ['is unknown when the connection is gone', undefined, 'https', ['loopback'], false],
  ])('%s', (_, address, header, trusted, isHttps) => {
    expect(httpsReader(trusted)(request(address, header))).toBe(isHttps);
  });
});
