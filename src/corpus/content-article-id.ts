import { createHash } from 'node:crypto';
import type { ArticleFields } from './article-fields.js';

/**
 * The id of an article that came without one and is in no file: `api-` and 32 hexadecimal digits made of its title,
 * text and address. The same article gets the same id; a change of these three is another article.
 */
export function contentArticleId({
  title,
  text,
  url,
}: Pick<ArticleFields, 'title' | 'url'> & { readonly text: string }): string {
  const content = JSON.stringify([title?.trim() ?? '', text, url ?? '']);
  return `api-${createHash('sha256').update(content).digest('hex').slice(0, 32)}`;
}
