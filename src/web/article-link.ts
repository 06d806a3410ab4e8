import type { ArticleId } from '../domain/article.js';
import type { PassageId } from '../domain/passage.js';
import { linkTo, type UiContext } from './ui-context.js';

/** What names a passage within its article: its id without the article's, ten hexadecimal digits and perhaps `-2`. */
export function passageKey(id: PassageId, articleId: ArticleId): string {
  return id.startsWith(`${articleId}:`) ? id.slice(articleId.length + 1) : id;
}

/** Where the text of a passage is on its article's page. */
export function passageAnchor(key: string): string {
  return `p-${key}`;
}

interface ArticleLink {
  readonly articleId: ArticleId;
  /** The passage to open at. Unset: the top. */
  readonly passageId?: PassageId;
  /** The question that led there, for the way back. */
  readonly question?: string;
}

/** The page of an article, opened at a passage. */
export function articleLink(ui: UiContext, { articleId, passageId, question }: ArticleLink): string {
  const key = passageId === undefined ? null : passageKey(passageId, articleId);
  const link = linkTo(ui, articlePath(articleId), { p: key, q: question ?? null });
  return key === null ? link : `${link}#${encodeURIComponent(passageAnchor(key))}`;
}

/** Slashes stay, unless a browser would take what is between them for a way through folders. */
function articlePath(id: ArticleId): string {
  const segments = id.split('/');
  const isPlain = segments.every((segment) => segment !== '' && segment !== '.' && segment !== '..');
  return `/articles/${isPlain ? segments.map(encodeURIComponent).join('/') : encodeURIComponent(id)}`;
}
