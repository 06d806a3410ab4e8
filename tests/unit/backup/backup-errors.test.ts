import { describe, expect, it } from 'vitest';
import { toBackupFileError } from '../../../src/backup/backup-errors.js';
import { FihristError } from '../../../src/domain/errors.js';

const failure = (code: string) => Object.assign(new Error(code), { code });

describe('toBackupFileError', () => {
  it.each([
    ['ENOSPC', 'DISK_FULL'],
    ['EFBIG', 'DISK_FULL'],
    ['EACCES', 'BACKUP_FILE_UNUSABLE'],
    ['ENOENT', 'BACKUP_FILE_UNUSABLE'],
    ['EISDIR', 'BACKUP_FILE_UNUSABLE'],
  ])('says %s in the words of the catalogue: %s, with the file', (cause, code) => {
    expect(toBackupFileError(failure(cause), '/backups/b.tar')).toMatchObject({
      code,
      message: expect.stringContaining('/backups/b.tar'),
      details: { path: '/backups/b.tar', cause },
    });
  });

  it('leaves alone what was said already, and what is not about files', () => {
    const said = new FihristError('BACKUP_INVALID', 'It is cut.');
    for (const error of [said, failure('ECONNRESET'), new Error('a bug'), 'text']) {
      expect(toBackupFileError(error, 'b.tar')).toBe(error);
    }
  });
});
