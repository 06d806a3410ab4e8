import { createHash } from 'node:crypto';
import { open, rm } from 'node:fs/promises';
import { refuseBinary, refuseUtf16 } from '../corpus/decode-utf8.js';
import { REQUEST_ORIGIN } from '../ingest/read-article-objects.js';
import { LineCounter } from './line-counter.js';
import { toTaskFileError } from './task-files.js';

/** Articles that came in, an article a line. */
export interface PayloadFacts {
  /** Lines that are not blank. */
  readonly articles: number;
  readonly sizeBytes: number;
  /** Of all bytes. */
  readonly sha256: string;
}

/**
 * Writes what comes in to a file, as fast as the disk takes it, and counts its lines. Holds one chunk at a time. The
 * file is not brought to disk yet; it is removed when anything goes wrong.
 *
 * @throws ARTICLE_FILE_NOT_UTF8, ARTICLE_FILE_BINARY (caller) at the first chunk; DISK_FULL, STORE_READ_ONLY,
 *   STORE_UNUSABLE (operator); what `chunks` throws
 */
export async function receivePayload(chunks: AsyncIterable<Uint8Array>, file: string): Promise<PayloadFacts> {
  const lines = new LineCounter();
  const hash = createHash('sha256');
  let sizeBytes = 0;
  try {
    const handle = await open(file, 'wx');
    try {
      for await (const chunk of chunks) {
        if (sizeBytes === 0) {
          refuseUtf16(chunk, REQUEST_ORIGIN.file);
          refuseBinary(chunk, REQUEST_ORIGIN.file);
        }
        await handle.writeFile(chunk);
        lines.add(chunk);
        hash.update(chunk);
        sizeBytes += chunk.length;
      }
    } finally {
      await handle.close();
    }
  } catch (error) {
    await rm(file, { force: true }).catch(() => {});
    throw toTaskFileError(error, file);
  }
  return { articles: lines.count, sizeBytes, sha256: hash.digest('hex') };
}
