import type { ArticleSource, SourceItem } from '../corpus/article-source.js';
import { asArticleId } from '../domain/article.js';
import { beirDocument } from './read-beir-folder.js';
import { readJsonLines } from './read-json-lines.js';
import { type ReadTextLines, readTextLines } from './read-text-lines.js';

/**
 * The documents of a BEIR corpus as articles: the document's `_id`, its title unless blank, its text as it is.
 * What an invalid line does is decided before, by reading the folder: here it throws EVALUATION_FOLDER_INVALID.
 */
export function beirArticles(corpusFile: string, readLines: ReadTextLines = readTextLines): ArticleSource {
  return { articles: (signal) => streamArticles(corpusFile, readLines, signal) };
}

async function* streamArticles(
  file: string,
  readLines: ReadTextLines,
  signal: AbortSignal | undefined,
): AsyncGenerator<SourceItem> {
  for await (const { value, line } of readJsonLines(file, beirDocument, readLines)) {
    signal?.throwIfAborted();
    const { _id, title = '', text } = value;
    yield {
      kind: 'article',
      article: {
        id: asArticleId(_id),
        ...(title.trim() === '' ? {} : { title }),
        text,
        tags: [],
        origin: { file, line },
      },
    };
  }
}
