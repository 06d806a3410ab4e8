import type { ErrorEntry } from './error-entry.js';

/** What can be wrong with what is on disk: the database, its backups, the vectors. See error-catalogue.ts. */
export const STORE_ERRORS = {
  STORE_UNUSABLE: {
    fault: 'operator',
    httpStatus: 503,
    meaning: 'The database cannot be opened, or is damaged.',
  },
  STORE_BEHIND: {
    fault: 'operator',
    httpStatus: 503,
    meaning: 'The database lacks changes that were acknowledged.',
  },
  STORE_NEWER_SCHEMA: {
    fault: 'operator',
    httpStatus: 503,
    meaning: 'The database was written by a newer version of the program.',
  },
  STORE_LOCKED: {
    fault: 'operator',
    httpStatus: 503,
    meaning: 'Another process is using this index folder.',
  },
  DISK_FULL: {
    fault: 'operator',
    httpStatus: 503,
    meaning: 'The disk is full; nothing that was stored is lost.',
  },
  STORE_READ_ONLY: { fault: 'operator', httpStatus: 503, meaning: 'The index folder cannot be written to.' },
  BACKUP_INVALID: {
    fault: 'operator',
    httpStatus: 503,
    meaning: 'The file is not a backup, or it is cut or damaged; nothing of it was used.',
  },
  BACKUP_FILE_UNUSABLE: {
    fault: 'operator',
    httpStatus: 503,
    meaning: 'The file or folder of a backup cannot be read or written.',
  },
  BACKUP_EXISTS: {
    fault: 'caller',
    httpStatus: 409,
    meaning: 'There is a file where the backup is to be; it is kept.',
  },
  BACKUP_RUNNING: {
    fault: 'caller',
    httpStatus: 409,
    meaning: 'A backup is being made already; there is one at a time.',
  },
  BACKUP_NOT_FOUND: { fault: 'caller', httpStatus: 404, meaning: 'No backup has this id, or it is gone.' },
  INDEX_NOT_EMPTY: {
    fault: 'caller',
    httpStatus: 409,
    meaning: 'The index folder that a backup is to be restored to holds an archive; it is kept.',
  },
  EDITION_EXISTS: {
    fault: 'caller',
    httpStatus: 409,
    meaning: 'The next edition of the archive is of another model; it is kept.',
  },
  VECTOR_DIMENSION_MISMATCH: {
    fault: 'bug',
    httpStatus: 500,
    meaning: 'A vector has another length than the index.',
  },
  VECTOR_NOT_FINITE: {
    fault: 'bug',
    httpStatus: 500,
    meaning: 'A vector has a number that is NaN or infinite.',
  },
  VECTOR_LABEL_INVALID: {
    fault: 'bug',
    httpStatus: 500,
    meaning: 'A label is not an integer from 0 to 4,294,967,295.',
  },
} as const satisfies Record<string, ErrorEntry>;
