import type { ErrorCode } from '../domain/errors.js';
import { INDEX_ERRORS, READING_ERRORS } from './archive-errors.js';

/** What whatever changes the archive can throw. */
export const WRITING_ERRORS: readonly ErrorCode[] = [...READING_ERRORS, ...INDEX_ERRORS];

/** What writing an article can throw. */
export const ARTICLE_ERRORS: readonly ErrorCode[] = [
  ...WRITING_ERRORS,
  'ARTICLE_INVALID',
  'ARTICLE_ID_DUPLICATE',
  'ARTICLE_WITHOUT_TEXT',
  'EMBEDDING_FAILED',
];

/** What taking in a large batch can throw. */
export const TASK_ERRORS: readonly ErrorCode[] = [
  'ARTICLE_FILE_BINARY',
  'ARTICLE_FILE_NOT_UTF8',
  'TASK_QUEUE_FULL',
];
