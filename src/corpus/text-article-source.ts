import { asArticleId, type RawArticle } from '../domain/article.js';
import { type ArticleFile, defaultArticleId } from './article-file.js';
import type { ArticleSource } from './article-source.js';
import { readTitleLine } from './cleaning/read-title-line.js';
import { oneArticle } from './one-article.js';
import { readArticleFile } from './read-article-file.js';

/**
 * Reads a .txt file as one article, scraped pages with their menus included: cleaning is for later.
 * The first line is the title when it is plainly one; else cleaning looks for it.
 */
export function createTextArticleSource(file: ArticleFile): ArticleSource {
  return { articles: (signal) => oneArticle(file, signal, readTextArticle) };
}

async function readTextArticle(file: ArticleFile): Promise<RawArticle> {
  const text = await readArticleFile(file);
  const title = readTitleLine(text);
  return {
    id: asArticleId(defaultArticleId(file)),
    ...(title === undefined ? {} : { title }),
    text,
    tags: [],
    origin: { file: file.name },
  };
}
