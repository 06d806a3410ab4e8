import { invalidArgument } from './fihrist-error.js';
import { untilAborted } from './time-limit.js';
import type { ArticleToWrite } from './wire-types.js';

/** What the service writes while the caller waits; more becomes a task, which tells less of each article. */
export const BATCH_LIMITS = { articles: 100, sizeBytes: 512 * 1024 } as const;

export type Articles = Iterable<ArticleToWrite> | AsyncIterable<ArticleToWrite>;

/** An article on its way. */
export interface BatchEntry {
  /** Place among all that were given, from 0. */
  readonly index: number;
  /** Null when the service is to make one. */
  readonly id: string | null;
  /** Its JSON, with the end of its line. */
  readonly line: string;
  readonly sizeBytes: number;
}

/**
 * Puts articles together for one request each: as many as the limits let, at least one, in the order given.
 *
 * @throws ARGUMENT_INVALID for what is no article; what the source throws
 */
export async function* cutBatches(articles: Articles, mostArticles: number): AsyncGenerator<BatchEntry[]> {
  let batch: BatchEntry[] = [];
  let sizeBytes = 0;
  for await (const entry of toEntries(articles)) {
    if (
      batch.length >= mostArticles ||
      (batch.length > 0 && sizeBytes + entry.sizeBytes > BATCH_LIMITS.sizeBytes)
    ) {
      yield batch;
      batch = [];
      sizeBytes = 0;
    }
    batch.push(entry);
    sizeBytes += entry.sizeBytes;
  }
  if (batch.length > 0) yield batch;
}

/** @throws as cutBatches */
export async function* toEntries(articles: Articles): AsyncGenerator<BatchEntry> {
  let index = 0;
  for await (const article of articles) {
    yield toBatchEntry(article, index);
    index += 1;
  }
}

function toBatchEntry(article: ArticleToWrite, index: number): BatchEntry {
  const json = toJson(article, index);
  const line = `${json}\n`;
  return { index, id: article.id ?? null, line, sizeBytes: new TextEncoder().encode(line).length };
}

function toJson(article: unknown, index: number): string {
  const field = `articles[${index}]`;
  if (typeof article !== 'object' || article === null) {
    throw invalidArgument(field, 'an object', article === null ? 'null' : typeof article);
  }
  try {
    return JSON.stringify(article);
  } catch (error) {
    throw invalidArgument(
      field,
      'an object that JSON can hold',
      error instanceof Error ? error.message : 'another',
    );
  }
}

/**
 * Reads a source one piece ahead, so that it works while a piece is sent.
 * @throws what the source throws, when its turn comes; the reason of `signal`, even while the source is silent
 */
export async function* readAhead<Piece>(
  source: AsyncIterable<Piece>,
  signal: AbortSignal,
): AsyncGenerator<Piece> {
  const iterator = source[Symbol.asyncIterator]();
  const take = () => {
    const taken = iterator.next();
    taken.catch(() => {}); // heard of when its turn comes, or when nobody wants it any more
    return taken;
  };
  try {
    for (let next = take(); ; ) {
      const { done, value } = await untilAborted(next, signal);
      if (done === true) return;
      next = take();
      yield value;
    }
  } finally {
    // Not waited for: a source that is silent would not end.
    iterator.return?.()?.catch(() => {});
  }
}
