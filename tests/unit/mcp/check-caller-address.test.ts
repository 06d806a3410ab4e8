import { describe, expect, test } from 'vitest';
import type { FihristError } from '../../../src/domain/errors.js';
import { checkCallerAddress } from '../../../src/mcp/check-caller-address.js';

const NAMES = ['search.example', 'fihrist'];

function refusal(headers: { host?: string; origin?: string }): FihristError | null {
  try {
    checkCallerAddress(headers, NAMES);
    return null;
  } catch (error) {
    return error as FihristError;
  }
}

describe('checkCallerAddress', () => {
  test.each([
    ['localhost'],
    ['localhost:3000'],
    ['127.0.0.1:3000'],
    ['[::1]:3000'],
    ['10.1.2.3:80'],
    ['[fe80::1]:3000'],
    ['search.example'],
    ['search.example:8443'],
    ['fihrist:3000'],
  ])('knows the host %s', (host) => {
    expect(refusal({ host })).toBeNull();
  });

  test.each([
    ['evil.example'],
    ['evil.example:3000'],
    ['search.example.evil.example'],
    ['localhost.evil.example'],
    ['127.0.0.1.evil.example'],
    [''],
  ])('does not know the host "%s"', (host) => {
    expect(refusal({ host })).toMatchObject({ code: 'HOST_NOT_ALLOWED', details: { header: 'host' } });
  });

  test('does not answer without a host', () => {
    expect(refusal({})?.message).toBe(
      'Host is missing, which this service is not known by; add its name to FIHRIST_ALLOWED_HOSTS.',
    );
  });

  test.each([['http://localhost:6274'], ['http://127.0.0.1:6274'], ['https://search.example']])(
    'takes requests of pages of %s',
    (origin) => {
      expect(refusal({ host: 'localhost:3000', origin })).toBeNull();
    },
  );

  test('takes requests of its own pages, when it is called by its address', () => {
    expect(refusal({ host: '10.1.2.3:3000', origin: 'http://10.1.2.3:3000' })).toBeNull();
    expect(refusal({ host: 'localhost:3000', origin: 'http://10.1.2.3:3000' })).not.toBeNull();
  });

  test.each([['https://evil.example'], ['null'], ['http://localhost.evil.example'], ['file://']])(
    'takes no requests of pages of %s',
    (origin) => {
      expect(refusal({ host: 'localhost:3000', origin })).toMatchObject({
        code: 'HOST_NOT_ALLOWED',
        details: { header: 'origin', value: origin },
      });
    },
  );
});
