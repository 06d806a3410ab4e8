import { expect, test } from 'vitest';
import { FihristError } from '../../../../src/domain/errors.js';
import { toDifyError } from '../../../../src/http/compat/dify/to-dify-error.js';

test.each([
  ['COLLECTION_NOT_FOUND', 2001],
  ['KEY_MISSING', 1001],
  ['KEY_INVALID', 1002],
  ['KEY_EXPIRED', 1002],
  ['KEY_SCOPE_MISSING', 1002],
  ['RATE_LIMITED', 429],
  ['INVALID_REQUEST', 400],
  ['NOT_READY', 503],
  ['INTERNAL', 500],
] as const)('%s has the number %i with Dify', (code, number) => {
  expect(toDifyError(new FihristError(code, 'What happened.'))).toEqual({
    error_code: number,
    error_msg: 'What happened.',
  });
});
