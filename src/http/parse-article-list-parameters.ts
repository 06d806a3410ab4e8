import { z } from 'zod';
import { asArticleId } from '../domain/article.js';
import { LANGUAGES } from '../domain/language.js';
import type { FilterCondition, SearchFilter } from '../domain/search-filter.js';
import { readFilterCondition } from '../search/read-filter-condition.js';
import type { ArticlesOptions } from '../storage/article-store.js';
import { readIsoDate } from '../text/read-iso-date.js';
import { describeField } from './describe-field.js';
import { readPageCursor } from './page-cursor.js';
import { pageParameters } from './page-parameters.js';
import { readParameters } from './read-parameters.js';

const isoDate = (meaning: string) =>
  describeField(
    z
      .string()
      .refine((value) => readIsoDate(value) !== null)
      .optional(),
    { allowed: 'an ISO 8601 date or date-time, such as 2024-03-01 or 2024-03-01T09:30:00Z', meaning },
  );

/** The parameters of `GET /v1/articles`. */
export const articleListParametersSchema = z.object({
  ...pageParameters,
  language: describeField(z.enum(LANGUAGES).optional(), {
    allowed: '"ar" or "en"',
    meaning: 'Articles of this language. Default: both.',
  }),
  tag: describeField(z.string().min(1).optional(), {
    allowed: 'a tag',
    meaning: 'Articles that have this tag, compared letter by letter.',
  }),
  source: describeField(z.string().min(1).optional(), {
    allowed: 'the name of a collection',
    meaning:
      'Articles of this collection: "corpus" for those of the corpus folder, "api" for those that came over HTTP.',
  }),
  published_from: isoDate(
    'Articles published then or later. A day, month or year counts from its beginning.',
  ),
  published_to: isoDate('Articles published then or earlier. A day, month or year counts to its end.'),
});

/**
 * From the part of an address after `?` to the list that is asked for.
 * @throws INVALID_REQUEST, UNKNOWN_FIELD (caller)
 */
export function parseArticleListParameters(search: string): ArticlesOptions {
  const { limit, cursor, language, ...narrowing } = readParameters(search, articleListParametersSchema);
  const filter = toFilter(narrowing);
  return {
    limit,
    ...(cursor === undefined ? {} : { after: asArticleId(readPageCursor(cursor)) }),
    ...(language === undefined ? {} : { language }),
    ...(filter === undefined ? {} : { filter }),
  };
}

type Narrowing = Pick<
  z.output<typeof articleListParametersSchema>,
  'tag' | 'source' | 'published_from' | 'published_to'
>;

function toFilter({
  tag,
  source,
  published_from: from,
  published_to: to,
}: Narrowing): SearchFilter | undefined {
  const conditions = [
    { type: 'eq', key: 'tags', value: tag },
    { type: 'eq', key: 'source', value: source },
    { type: 'gte', key: 'published_at', value: from },
    { type: 'lte', key: 'published_at', value: to },
  ];
  const filters: FilterCondition[] = conditions
    .filter(({ value }) => value !== undefined)
    .map((condition) => readFilterCondition(condition, condition.key));
  return filters.length === 0 ? undefined : { type: 'and', filters };
}
