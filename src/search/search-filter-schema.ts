import { z } from 'zod';
import { LANGUAGES } from '../domain/language.js';
import { FILTER_LIMITS } from './read-search-filter.js';

/*
 * The shape of filters, for the reference. What comes in is read by readSearchFilter, which stops before it has gone
 * too deep, and names the place of what is wrong; a test holds the two together.
 */

/** What a date is, in words. */
export const ISO_DATE =
  'ISO 8601 date or date-time. A year, month or day stands for all of it; without a zone a time is UTC.';

const textKey = z
  .enum(['tags', 'source', 'article_id'])
  .describe(
    'What is looked at: the tags of the article, its collection, or its id. Compared letter by letter.',
  );
const dateKey = z.literal('published_at').describe('When the article was published.');

const textCondition = z
  .strictObject({
    type: z
      .enum(['eq', 'ne'])
      .describe('"eq": is the value (of tags: has it); "ne": is not the value (of tags: has it not).'),
    key: textKey,
    value: z.string().describe('What it is compared with.'),
  })
  .meta({ id: 'TextCondition', description: 'Tags, source or id are, or are not, a value.' });

const textListCondition = z
  .strictObject({
    type: z.enum(['in', 'nin']).describe('"in": one of the values; "nin": none of them.'),
    key: textKey,
    value: z.array(z.string()).min(1).max(FILTER_LIMITS.maxValues).describe('What it is compared with.'),
  })
  .meta({ id: 'TextListCondition', description: 'Tags, source or id are among values, or are not.' });

const languageKey = z.literal('language').describe('The language of the article as a whole.');

const languageCondition = z
  .strictObject({
    type: z.enum(['eq', 'ne']).describe('"eq": in this language; "ne": not in it.'),
    key: languageKey,
    value: z.enum(LANGUAGES).describe('A language.'),
  })
  .meta({ id: 'LanguageCondition', description: 'The article is, or is not, in a language.' });

const languageListCondition = z
  .strictObject({
    type: z.enum(['in', 'nin']).describe('"in": in one of the languages; "nin": in none of them.'),
    key: languageKey,
    value: z.array(z.enum(LANGUAGES)).min(1).max(FILTER_LIMITS.maxValues).describe('Languages.'),
  })
  .meta({
    id: 'LanguageListCondition',
    description: 'The article is in one of several languages, or in none.',
  });

/** @param value  How a date is written. @param prefix  What the names of the schemas begin with. */
function dateConditions(value: z.ZodType, prefix: string) {
  const condition = z
    .strictObject({
      type: z
        .enum(['eq', 'ne', 'gt', 'gte', 'lt', 'lte'])
        .describe(
          '"eq": within the value; "ne": not within; "gt": after it; "gte": within or after; "lt", "lte": before.',
        ),
      key: dateKey,
      value,
    })
    .meta({
      id: `${prefix}DateCondition`,
      description: 'The article was published then, before or after.',
    });
  const list = z
    .strictObject({
      type: z.enum(['in', 'nin']).describe('"in": within one of the values; "nin": within none of them.'),
      key: dateKey,
      value: z.array(value).min(1).max(FILTER_LIMITS.maxValues).describe('When.'),
    })
    .meta({
      id: `${prefix}DateListCondition`,
      description: 'The article was published in one of several periods, or in none.',
    });
  return [condition, list] as const;
}

export interface FilterSchemaOptions {
  /** How a date is written. */
  readonly date: z.ZodType;
  /** What the names of the schemas begin with that are of this kind of filters alone. */
  readonly prefix: string;
}

/** Filters as they come in, for contracts that write dates in their own way. */
export function filterSchemaOf({ date, prefix }: FilterSchemaOptions): z.ZodType {
  const group = z
    .strictObject({
      type: z.enum(['and', 'or']).describe('"and": all of them hold; "or": at least one does.'),
      get filters(): z.ZodArray<z.ZodType> {
        return z.array(filter).min(1).describe('Conditions and groups.');
      },
    })
    .meta({ id: `${prefix}FilterGroup`, description: 'Conditions and groups that hold together.' });
  const filter: z.ZodType = z
    .union([
      textCondition,
      textListCondition,
      languageCondition,
      languageListCondition,
      ...dateConditions(date, prefix),
      group,
    ])
    .meta({
      id: `${prefix}SearchFilter`,
      description: `What an article must be: a condition, or a group of conditions and groups. At most ${FILTER_LIMITS.maxConditions} conditions in all, ${FILTER_LIMITS.maxDepth} deep.`,
    });
  return filter;
}

/** A filter of a search, as it comes in. */
export const searchFilterSchema = filterSchemaOf({ date: z.string().describe(ISO_DATE), prefix: '' });
