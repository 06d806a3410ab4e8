import type { ErrorCode } from '../domain/errors.js';

/** What whatever changes the archive may meet. */
export const STORE_ERRORS = [
  'NOT_READY',
  'DISK_FULL',
  'STORE_READ_ONLY',
  'STORE_UNUSABLE',
  'WORKER_STOPPED',
] as const satisfies readonly ErrorCode[];

/** What writing an article may meet. */
export const ARTICLE_ERRORS = [
  ...STORE_ERRORS,
  'ARTICLE_INVALID',
  'ARTICLE_ID_DUPLICATE',
  'ARTICLE_WITHOUT_TEXT',
  'EMBEDDING_FAILED',
] as const satisfies readonly ErrorCode[];

/** What taking in a large batch may meet. */
export const TASK_ERRORS = [
  'ARTICLE_FILE_BINARY',
  'ARTICLE_FILE_NOT_UTF8',
  'TASK_QUEUE_FULL',
] as const satisfies readonly ErrorCode[];
