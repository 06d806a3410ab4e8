import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { describe, expect, test } from 'vitest';
import { KnownNames } from '../../../../src/http/known-names.js';
import { isOwnRequest } from '../../../../src/http/sessions/is-own-request.js';

const names = new KnownNames({
  listenHost: '127.0.0.1',
  allowedHosts: ['search.example.org'],
  corsOrigins: ['https://app.example'],
});
const host = '192.0.2.10:3000';

describe('a request', () => {
  test.each<[string, IncomingHttpHeaders, boolean]>([
    ['of this origin, as the browser says', { host, 'sec-fetch-site': 'same-origin' }, true],
    ['from another port of this machine', { host, 'sec-fetch-site': 'same-site' }, false],
    ['from elsewhere', { host, 'sec-fetch-site': 'cross-site' }, false],
    ['typed by a person', { host, 'sec-fetch-site': 'none' }, false],
    [
      'from elsewhere whose origin looks right',
      { host, 'sec-fetch-site': 'cross-site', origin: `http://${host}` },
      false,
    ],
    ['with the origin of this host', { host, origin: `http://${host}` }, true],
    ['with the origin of a name of ours', { host: 'inner:1', origin: 'https://search.example.org' }, true],
    ['of a page that may use the service and is not ours', { host, origin: 'https://app.example' }, false],
    ['with another port', { host, origin: 'http://192.0.2.10:3001' }, false],
    ['of a page that hides its origin', { host, origin: 'null' }, false],
    ['that says nothing of where it comes from', { host }, false],
  ])('%s: %j → %s', (_, headers, isOwn) => {
    expect(isOwnRequest({ headers } as IncomingMessage, names)).toBe(isOwn);
  });
});
