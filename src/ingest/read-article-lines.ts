import { MAX_ARTICLE_LINE_BYTES } from '../corpus/article-fields.js';
import { contentArticleId } from '../corpus/content-article-id.js';
import { parseArticleLine } from '../corpus/jsonl/parse-article-line.js';
import { splitLines } from '../corpus/jsonl/split-lines.js';
import { REQUEST_ORIGIN } from './read-article-objects.js';
import type { GivenArticle } from './write-articles.js';

/** A line's article, with the size of the line: what progress is measured in. */
export interface ArticleLineRead extends GivenArticle {
  readonly line: number;
  readonly sizeBytes: number;
}

/**
 * Reads JSON Lines that came over the network, an article a line, by the rules of a .jsonl file. Holds one line at a
 * time; a line that is not an article is an error in its place. An article without an id is named by its content.
 *
 * @throws ARTICLE_FILE_NOT_UTF8, ARTICLE_FILE_BINARY (caller) at the first chunk
 */
export async function* readArticleLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<ArticleLineRead> {
  const name = REQUEST_ORIGIN.file;
  let index = 0;
  for await (const line of splitLines(chunks, { maxLineBytes: MAX_ARTICLE_LINE_BYTES, name })) {
    const article = parseArticleLine(line, name, contentArticleId);
    yield { index, line: line.number, sizeBytes: line.sizeBytes, article };
    index += 1;
  }
}
