import { describe, expect, it } from 'vitest';
import { FihristError } from '../../../src/domain/errors.js';
import {
  translateSqliteError,
  translatingSqliteErrors,
} from '../../../src/storage/translate-sqlite-error.js';

function sqliteError(code: string): Error {
  return Object.assign(new Error('what SQLite says'), { code });
}

describe('translating SQLite’s errors', () => {
  it.each([
    ['SQLITE_FULL', 'DISK_FULL'],
    ['ENOSPC', 'DISK_FULL'],
    ['SQLITE_READONLY', 'STORE_READ_ONLY'],
    ['SQLITE_READONLY_DIRECTORY', 'STORE_READ_ONLY'],
    ['EACCES', 'STORE_READ_ONLY'],
    ['EROFS', 'STORE_READ_ONLY'],
    ['SQLITE_BUSY', 'STORE_LOCKED'],
    ['SQLITE_BUSY_SNAPSHOT', 'STORE_LOCKED'],
    ['SQLITE_NOTADB', 'STORE_UNUSABLE'],
    ['SQLITE_CORRUPT', 'STORE_UNUSABLE'],
    ['SQLITE_CORRUPT_INDEX', 'STORE_UNUSABLE'],
    ['SQLITE_CANTOPEN', 'STORE_UNUSABLE'],
    ['SQLITE_IOERR_READ', 'STORE_UNUSABLE'],
    ['ENOTDIR', 'STORE_UNUSABLE'],
  ])('%s becomes %s and names the file', (cause, code) => {
    const translated = translateSqliteError(sqliteError(cause), '/index/fihrist.db');
    expect(translated).toBeInstanceOf(FihristError);
    expect(translated).toMatchObject({
      code,
      message: expect.stringContaining('/index/fihrist.db'),
      details: { path: '/index/fihrist.db', cause },
    });
  });

  it.each([
    'vtable constructor failed: passage_words',
    'invalid fts5 file format (found 0, expected 4 or 5)',
  ])('takes full text that cannot be read for damage: %s', (message) => {
    const error = Object.assign(new Error(message), { code: 'SQLITE_ERROR' });
    expect(translateSqliteError(error, '/index/fihrist.db')).toMatchObject({ code: 'STORE_UNUSABLE' });
  });

  it('leaves errors alone that are not about the file', () => {
    for (const error of [
      sqliteError('SQLITE_CONSTRAINT_UNIQUE'),
      sqliteError('SQLITE_ERROR'),
      new TypeError('a bug'),
      'text',
    ]) {
      expect(translateSqliteError(error, '/index/fihrist.db')).toBe(error);
    }
  });

  it('leaves an error alone that is translated already', () => {
    const error = new FihristError('STORE_NEWER_SCHEMA', 'newer');
    expect(() =>
      translatingSqliteErrors('/x', () => {
        throw error;
      }),
    ).toThrow(error);
  });
});
