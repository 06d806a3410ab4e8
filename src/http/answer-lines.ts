import type { ServerResponse } from 'node:http';
import type { ArticleResult, GivenArticle } from '../ingest/write-articles.js';
import type { HttpServerOptions } from './http-server-options.js';
import { noteError } from './note-error.js';
import { toWireError } from './wire-format.js';
import { toWireCounts, toWireResult } from './wire-results.js';
import type { WriteForCaller } from './write-one-article.js';

type AnswerLinesOptions = WriteForCaller & Pick<HttpServerOptions, 'logger'>;

/**
 * Writes articles and tells of each on a line of its own, as it is done. The last line has the counts, so that a reply
 * that was cut off can be told; or the error that ended the rest.
 */
export async function answerLines(
  res: ServerResponse,
  articles: AsyncIterable<GivenArticle>,
  { writeArticles, logger, access: { signal, beginChange } }: AnswerLinesOptions,
): Promise<void> {
  const told: Array<Pick<ArticleResult, 'status'>> = [];
  const tell = (line: unknown) => {
    res.write(`${JSON.stringify(line)}\n`);
  };
  res.setHeader('cache-control', 'no-store');
  res.setHeader('content-type', 'application/x-ndjson; charset=utf-8');
  try {
    await writeArticles(articles, {
      signal,
      beforeChange: beginChange,
      onResult: (result) => {
        told.push({ status: result.status });
        tell(toWireResult(result));
      },
    });
    tell({ counts: toWireCounts(told) });
  } catch (error) {
    // As long as nothing was told, it is an error like every other.
    if (!res.headersSent) {
      res.removeHeader('content-type');
      throw error;
    }
    if (!res.destroyed) tell(toWireError(noteError(res, error, { logger })));
  }
  res.end();
}
