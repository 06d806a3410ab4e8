import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { FihristError } from '../domain/errors.js';
import { toTaskFileError } from './task-files.js';

/**
 * Makes sure that the articles of a task are those that were acknowledged.
 * @param sha256  Of the file; null when nobody knows it.
 * @throws STORE_UNUSABLE (operator)
 * Cost: one reading of the file.
 */
export async function checkPayload(file: string, sha256: string | null): Promise<void> {
  if (sha256 === null) return;
  const hash = createHash('sha256');
  try {
    await pipeline(createReadStream(file, { highWaterMark: 1 << 20 }), hash);
  } catch (error) {
    throw toTaskFileError(error, file);
  }
  if (hash.digest('hex') === sha256) return;
  throw new FihristError(
    'STORE_UNUSABLE',
    `The articles of the task are damaged: ${file} is not what was received. Send them again.`,
    { details: { path: file, cause: 'checksum' } },
  );
}
