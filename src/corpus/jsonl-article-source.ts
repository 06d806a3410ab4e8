import { createReadStream } from 'node:fs';
import { FihristError } from '../domain/errors.js';
import { MAX_ARTICLE_LINE_BYTES } from './article-fields.js';
import { type ArticleFile, defaultArticleId } from './article-file.js';
import type { ArticleSource, SourceItem } from './article-source.js';
import { parseArticleLine } from './jsonl/parse-article-line.js';
import { splitLines } from './jsonl/split-lines.js';
import { unreadableFile } from './unreadable-file.js';

/**
 * Streams a .jsonl file, one article a line: `{id?, title?, text, url?, language?, published_at?, tags?}`; unknown fields
 * are left alone. A line that is not an article is a problem with its number, and the rest still comes.
 * Holds one line in memory at a time. An article without id is `<file name without extension>:<line>`.
 */
export function createJsonlArticleSource(file: ArticleFile): ArticleSource {
  return { articles: (signal) => readArticles(file, signal) };
}

async function* readArticles(file: ArticleFile, signal: AbortSignal | undefined): AsyncGenerator<SourceItem> {
  const problem = (error: FihristError): SourceItem => ({ kind: 'problem', error, unread: file.name });
  const idPrefix = defaultArticleId(file);
  let items = 0;
  try {
    const lines = splitLines(createReadStream(file.location), {
      maxLineBytes: MAX_ARTICLE_LINE_BYTES,
      name: file.name,
    });
    for await (const line of lines) {
      signal?.throwIfAborted();
      items += 1;
      const result = parseArticleLine(line, file.name, (_, number) => `${idPrefix}:${number}`);
      yield result instanceof FihristError ? problem(result) : { kind: 'article', article: result };
    }
  } catch (cause) {
    signal?.throwIfAborted();
    yield problem(cause instanceof FihristError ? cause : unreadableFile(file.name, cause));
    return;
  }
  if (items === 0) {
    yield problem(
      new FihristError('ARTICLE_FILE_EMPTY', `${file.name} holds no line with an article.`, {
        details: { file: file.name },
      }),
    );
  }
}
