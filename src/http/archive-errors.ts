import type { ErrorCode } from '../domain/errors.js';

/** What reading from the archive can throw. */
export const READING_ERRORS: readonly ErrorCode[] = [
  'NOT_READY',
  'STORE_UNUSABLE',
  'STORE_LOCKED',
  'STORE_READ_ONLY',
  'DISK_FULL',
];

/** What asking the vector index can throw, besides. */
export const INDEX_ERRORS: readonly ErrorCode[] = ['WORKER_STOPPED'];

/** What embedding a question can throw, besides. */
export const MODEL_ERRORS: readonly ErrorCode[] = ['WORKER_STOPPED', 'EMBEDDING_FAILED'];
