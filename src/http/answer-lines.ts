import type { ServerResponse } from 'node:http';
import type { ArticleResult, GivenArticle } from '../ingest/write-articles.js';
import type { HttpServerOptions } from './http-server-options.js';
import { noteError } from './note-error.js';
import { toWireError } from './wire-format.js';
import { toWireCounts, toWireResult } from './wire-results.js';

interface AnswerLinesOptions extends Pick<HttpServerOptions, 'writeArticles' | 'logger'> {
  readonly signal: AbortSignal;
}

/**
 * Writes articles and tells of each on a line of its own, as it is done. The last line has the counts, so that a reply
 * that was cut off can be told; or the error that ended the rest.
 */
export async function answerLines(
  res: ServerResponse,
  articles: AsyncIterable<GivenArticle>,
  { writeArticles, logger, signal }: AnswerLinesOptions,
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
    if (!signal.aborted) tell(toWireError(noteError(res, error, { logger })));
  }
  res.end();
}
