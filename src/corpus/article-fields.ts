import { z } from 'zod';
import { type ArticleOrigin, asArticleId, type RawArticle } from '../domain/article.js';
import { LANGUAGES } from '../domain/language.js';

export const MAX_ARTICLE_ID_CHARACTERS = 512;
/** A line of JSON Lines over this is no article; the other lines are still read. */
export const MAX_ARTICLE_LINE_BYTES = 8 * 1024 * 1024;
/** A title is embedded whole and comes back with every hit. */
const MAX_TITLE_CHARACTERS = 1_000;
const MAX_TAGS = 100;
const MAX_TAG_CHARACTERS = 200;

const ISO_DATE =
  /^\d{4}(?:-\d{2}(?:-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})?)?)?)?$/;

const isoDate = z
  .string()
  .refine((value) => ISO_DATE.test(value) && !Number.isNaN(Date.parse(value)), 'must be an ISO 8601 date');

const webAddress = z.string().refine((value) => {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  return url?.protocol === 'http:' || url?.protocol === 'https:';
}, 'must be an http or https address');

/** Half of a surrogate pair has no UTF-8: such an id would be stored as another one. */
const articleId = z
  .string()
  .min(1)
  .max(MAX_ARTICLE_ID_CHARACTERS)
  .refine((value) => !/\p{Surrogate}/u.test(value), 'must be whole characters');

/** What an author may say of an article: the front matter of Markdown. Unknown fields are left alone, null is absence. */
export const ArticleFields = z.object({
  id: articleId.nullish(),
  title: z.string().max(MAX_TITLE_CHARACTERS).nullish(),
  url: webAddress.nullish(),
  language: z.enum([...LANGUAGES]).nullish(),
  published_at: isoDate.nullish(),
  tags: z.array(z.string().max(MAX_TAG_CHARACTERS)).max(MAX_TAGS).nullish(),
});
export type ArticleFields = z.infer<typeof ArticleFields>;

/** One line of JSON Lines: the same fields, and the text. */
export const ArticleLine = ArticleFields.extend({ text: z.string() });
export type ArticleLine = z.infer<typeof ArticleLine>;

/** Puts an article together from checked fields. `fallbackId` serves when the author gave no id. */
export function toRawArticle(
  fields: ArticleFields,
  given: { readonly text: string; readonly fallbackId: string; readonly origin: ArticleOrigin },
): RawArticle {
  const title = fields.title?.trim() ?? '';
  return {
    id: asArticleId(fields.id ?? given.fallbackId),
    ...(title === '' ? {} : { title }),
    text: given.text,
    ...(fields.url == null ? {} : { url: fields.url }),
    ...(fields.language == null ? {} : { language: fields.language }),
    ...(fields.published_at == null ? {} : { publishedAt: fields.published_at }),
    tags: fields.tags ?? [],
    origin: given.origin,
  };
}
