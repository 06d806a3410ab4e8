import { describe, expect, it } from 'vitest';
import { toTaskFileError } from '../../../src/tasks/task-files.js';

const failure = (code: string) => Object.assign(new Error(code), { code });

describe('toTaskFileError', () => {
  it.each([
    ['ENOSPC', 'DISK_FULL'],
    ['EDQUOT', 'DISK_FULL'],
    ['EFBIG', 'DISK_FULL'],
    ['EACCES', 'STORE_READ_ONLY'],
    ['EROFS', 'STORE_READ_ONLY'],
    ['ENOENT', 'STORE_UNUSABLE'],
    ['EIO', 'STORE_UNUSABLE'],
  ])('says %s in the words of the catalogue: %s, with the file', (cause, code) => {
    expect(toTaskFileError(failure(cause), 'index/tasks/a.json')).toMatchObject({
      code,
      message: expect.stringContaining('index/tasks/a.json'),
      details: { path: 'index/tasks/a.json', cause },
    });
  });

  it('leaves alone what is not about the file', () => {
    for (const error of [failure('ECONNRESET'), new Error('a bug'), 'text']) {
      expect(toTaskFileError(error, 'a')).toBe(error);
    }
  });
});
