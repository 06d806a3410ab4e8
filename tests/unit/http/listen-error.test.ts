import { describe, expect, test } from 'vitest';
import { FihristError } from '../../../src/domain/errors.js';
import { toListenError } from '../../../src/http/listen-error.js';

function systemError(code: string): NodeJS.ErrnoException {
  return Object.assign(new Error(code), { code });
}

describe('toListenError', () => {
  test('hints at the next port, and at 3001 after the last', () => {
    expect(toListenError(systemError('EADDRINUSE'), '127.0.0.1', 3_000)).toMatchObject({
      code: 'PORT_IN_USE',
      details: { port: 3_000, hint: 'FIHRIST_PORT=3001' },
    });
    expect(toListenError(systemError('EADDRINUSE'), '127.0.0.1', 65_535).message).toContain(
      'FIHRIST_PORT=3001',
    );
  });

  test.each([
    ['EACCES', 'FIHRIST_PORT'],
    ['EADDRNOTAVAIL', 'FIHRIST_HOST'],
    ['ENOTFOUND', 'FIHRIST_HOST'],
  ])('names the setting that causes %s', (code, setting) => {
    const error = toListenError(systemError(code), 'nowhere', 80);
    expect(error).toBeInstanceOf(FihristError);
    expect(error).toMatchObject({ code: 'SETTING_INVALID', details: { setting } });
  });

  test('gives back what it does not know', () => {
    const error = systemError('EMFILE');
    expect(toListenError(error, 'h', 1)).toBe(error);
  });
});
