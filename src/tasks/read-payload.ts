import { createReadStream } from 'node:fs';
import { MAX_ARTICLE_LINE_BYTES } from '../corpus/article-fields.js';
import { splitLines } from '../corpus/jsonl/split-lines.js';
import { parseArticleObject } from '../corpus/parse-article-object.js';
import { FihristError } from '../domain/errors.js';
import { readArticleLines } from '../ingest/read-article-lines.js';
import { REQUEST_ORIGIN } from '../ingest/read-article-objects.js';
import type { GivenArticle } from '../ingest/write-articles.js';
import type { Task } from './task.js';

export interface PayloadArticle extends GivenArticle {
  readonly sizeBytes: number;
}

/** Reads the articles of a payload, one line at a time. @throws what the file system says */
export async function* readPayload(file: string, form: Task['form']): AsyncGenerator<PayloadArticle> {
  const chunks = createReadStream(file);
  yield* form === 'lines' ? readArticleLines(chunks) : readItems(chunks);
}

/** Items of one JSON array, each on a line of its own: which line means nothing to who sent the array. */
async function* readItems(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<PayloadArticle> {
  const { file: name } = REQUEST_ORIGIN;
  let index = 0;
  for await (const { bytes, sizeBytes } of splitLines(chunks, {
    maxLineBytes: MAX_ARTICLE_LINE_BYTES,
    name,
  })) {
    const article =
      bytes === undefined
        ? tooLong(sizeBytes)
        : parseArticleObject(JSON.parse(Buffer.from(bytes).toString('utf8')), REQUEST_ORIGIN);
    yield { index, sizeBytes, article };
    index += 1;
  }
}

function tooLong(sizeBytes: number): FihristError {
  return new FihristError(
    'ARTICLE_INVALID',
    `The article has ${sizeBytes} bytes; at most ${MAX_ARTICLE_LINE_BYTES} are allowed.`,
    { details: { limit: MAX_ARTICLE_LINE_BYTES, value: sizeBytes } },
  );
}
