import type { RawArticle } from '../domain/article.js';
import { FihristError } from '../domain/errors.js';
import { MAX_ARTICLE_ID_CHARACTERS } from './article-fields.js';
import type { ArticleFile } from './article-file.js';
import type { SourceItem } from './article-source.js';

/** Streams the one item of a file that holds one article: the article, or the problem that `read` threw. */
export async function* oneArticle(
  file: ArticleFile,
  signal: AbortSignal | undefined,
  read: (file: ArticleFile) => Promise<RawArticle>,
): AsyncGenerator<SourceItem> {
  signal?.throwIfAborted();
  try {
    const article = await read(file);
    refuseLongId(article.id, file);
    yield { kind: 'article', article };
  } catch (error) {
    if (!(error instanceof FihristError)) throw error;
    yield { kind: 'problem', error, unread: file.name };
  }
}

function refuseLongId(id: string, file: ArticleFile): void {
  if (id.length <= MAX_ARTICLE_ID_CHARACTERS) return;
  throw new FihristError(
    'ARTICLE_INVALID',
    `${file.name}: id has ${id.length} characters; the limit is ${MAX_ARTICLE_ID_CHARACTERS}.`,
    { details: { file: file.name, field: 'id', limit: MAX_ARTICLE_ID_CHARACTERS } },
  );
}
