import { readFile, stat } from 'node:fs/promises';
import { FihristError } from '../domain/errors.js';
import type { ArticleFile } from './article-file.js';
import { decodeUtf8 } from './decode-utf8.js';
import { unreadableFile } from './unreadable-file.js';

/** One article of prose is never this long; a larger file is a mistake or belongs into JSON Lines. */
export const MAX_ARTICLE_FILE_BYTES = 10 * 1024 * 1024;

/**
 * Reads a file that holds one article.
 *
 * @returns Its text without a byte order mark. Never blank.
 * @throws CORPUS_UNREADABLE, ARTICLE_FILE_TOO_LARGE (before reading), ARTICLE_FILE_EMPTY, ARTICLE_FILE_BINARY,
 *   ARTICLE_FILE_NOT_UTF8
 */
export async function readArticleFile(file: ArticleFile): Promise<string> {
  const bytes = await readWithinLimit(file);
  const text = decodeUtf8(bytes, file.name);
  if (text.trim() === '') {
    throw new FihristError('ARTICLE_FILE_EMPTY', `${file.name} holds no text.`, {
      details: { file: file.name, sizeBytes: bytes.length },
    });
  }
  return text;
}

async function readWithinLimit(file: ArticleFile): Promise<Uint8Array> {
  try {
    const { size } = await stat(file.location);
    if (size > MAX_ARTICLE_FILE_BYTES) throw tooLarge(file, size);
    return await readFile(file.location);
  } catch (cause) {
    throw cause instanceof FihristError ? cause : unreadableFile(file.name, cause);
  }
}

function tooLarge(file: ArticleFile, sizeBytes: number): FihristError {
  return new FihristError(
    'ARTICLE_FILE_TOO_LARGE',
    `${file.name} has ${sizeBytes.toLocaleString('en')} bytes; the limit for one article is ` +
      `${MAX_ARTICLE_FILE_BYTES.toLocaleString('en')}. Put several articles into a .jsonl file, one a line.`,
    { details: { file: file.name, sizeBytes, limitBytes: MAX_ARTICLE_FILE_BYTES } },
  );
}
