import { describe, expect, test } from 'vitest';
import { KnownNames } from '../../../src/http/known-names.js';

const names = new KnownNames({
  listenHost: 'Search.Internal',
  allowedHosts: ['search.example.org'],
  corsOrigins: ['https://app.example'],
});

describe('a host', () => {
  test.each([
    'localhost',
    'localhost.:80',
    'a.b.localhost:3000',
    '10.0.0.7',
    '[fe80::1]:3000',
    'search.internal',
    'SEARCH.example.org:443',
  ])('is known: %s', (host) => {
    expect(names.knowsHost(host)).toBe(true);
  });

  test.each([
    undefined,
    '',
    'evil.example',
    'notlocalhost',
    'localhost.evil.example',
    'x.search.example.org',
    '10.0.0.7.evil.example',
    '::1',
    'a:b:c',
    'localhost:80:80',
    '1',
  ])('is not known: %s', (host) => {
    expect(names.knowsHost(host)).toBe(false);
  });
});

describe('an origin', () => {
  test.each([
    ['https://app.example', 'anything'],
    ['http://localhost:3000', 'localhost:3000'],
    ['https://search.example.org', 'localhost:3000'],
    ['http://10.0.0.7:3000', '10.0.0.7:3000'],
  ])('is known: %s, asking %s', (origin, host) => {
    expect(names.knowsOrigin(origin, host)).toBe(true);
  });

  test.each([
    ['http://app.example', 'localhost:3000'],
    ['https://app.example:8443', 'localhost:3000'],
    ['http://localhost:5173', 'localhost:3000'],
    ['null', 'localhost:3000'],
    ['', ''],
    ['file://', ''],
    ['https://evil.example', 'localhost:3000'],
  ])('is not known: %s, asking %s', (origin, host) => {
    expect(names.knowsOrigin(origin, host)).toBe(false);
  });
});
