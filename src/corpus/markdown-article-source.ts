import type { RawArticle } from '../domain/article.js';
import { FihristError } from '../domain/errors.js';
import { ArticleFields, toRawArticle } from './article-fields.js';
import { type ArticleFile, defaultArticleId } from './article-file.js';
import type { ArticleSource } from './article-source.js';
import { describeFieldProblem } from './describe-field-problem.js';
import { markdownToText } from './markdown/markdown-to-text.js';
import { readFrontMatter } from './markdown/read-front-matter.js';
import { oneArticle } from './one-article.js';
import { readArticleFile } from './read-article-file.js';

const FIRST_HEADING = /^\s*#[ \t]+(\S[^\n]*)/;

/**
 * Reads a .md file as one article. YAML front matter may give id, title, url, language, published_at and tags;
 * without a title there, a `# heading` that opens the text is the title. The text is the Markdown without its marks.
 */
export function createMarkdownArticleSource(file: ArticleFile): ArticleSource {
  return { articles: (signal) => oneArticle(file, signal, readMarkdownArticle) };
}

async function readMarkdownArticle(file: ArticleFile): Promise<RawArticle> {
  const { data, body } = readFrontMatter(await readArticleFile(file), file.name);
  const parsed = ArticleFields.safeParse(data);
  if (!parsed.success) {
    const { field, value, problem } = describeFieldProblem(parsed.error, data);
    throw new FihristError('ARTICLE_INVALID', `${file.name}: ${field} is ${value}: ${problem}.`, {
      details: { file: file.name, field, value },
    });
  }
  const heading = FIRST_HEADING.exec(body)?.[1];
  const title =
    parsed.data.title ?? (heading === undefined ? undefined : markdownToText(heading.replace(/[\s#]+$/, '')));
  return toRawArticle(
    { ...parsed.data, title },
    { text: markdownToText(body), fallbackId: defaultArticleId(file), origin: { file: file.name } },
  );
}
