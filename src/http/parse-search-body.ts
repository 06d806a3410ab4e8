import { z } from 'zod';
import type { FihristError } from '../domain/errors.js';
import { LANGUAGES } from '../domain/language.js';
import { readSearchFilter } from '../search/read-search-filter.js';
import { invalidField, invalidItem, missingField, unknownField } from '../search/refuse-field.js';
import {
  checkPage,
  checkQuery,
  SEARCH_DEFAULTS,
  SEARCH_LIMITS,
  SEARCH_MODES,
  type SearchRequest,
} from '../search/search-request.js';
import { requireJsonObject } from './require-json-object.js';

const { minLimit, maxLimit, maxDepth } = SEARCH_LIMITS;

const searchBody = z.object({
  query: z.string(),
  limit: z.int().min(minLimit).max(maxLimit).default(SEARCH_DEFAULTS.limit),
  offset: z
    .int()
    .min(0)
    .max(maxDepth - minLimit)
    .default(SEARCH_DEFAULTS.offset),
  mode: z.enum(SEARCH_MODES).default(SEARCH_DEFAULTS.mode),
  languages: z.array(z.enum(LANGUAGES)).min(1).optional(),
  // Read by readSearchFilter, which stops before it has gone too deep.
  filters: z.unknown().optional(),
  group_by: z.literal('article').optional(),
  diversity: z.number().min(0).max(1).default(SEARCH_DEFAULTS.diversity),
  explain: z.boolean().default(SEARCH_DEFAULTS.explain),
});

type Field = keyof typeof searchBody.shape;

/** What each field allows, in words, for messages. */
const ALLOWED: Record<Field, string> = {
  query: 'a string',
  limit: `a whole number from ${minLimit} to ${maxLimit}`,
  offset: `a whole number from 0 to ${maxDepth - minLimit}`,
  mode: '"hybrid", "dense" or "keyword"',
  languages: 'an array with "ar", "en" or both',
  filters: 'a filter',
  group_by: '"article"',
  diversity: 'a number from 0 to 1',
  explain: 'true or false',
};

const FIELDS = Object.keys(ALLOWED) as readonly Field[];

/**
 * From what came over the wire to a search that can be run. Nothing is guessed: what is not known is refused.
 * @throws INVALID_REQUEST, UNKNOWN_FIELD, QUERY_EMPTY, QUERY_TOO_LONG (caller)
 */
export function parseSearchBody(body: unknown): SearchRequest {
  const fields = requireJsonObject(body);
  // Own keys, so that `__proto__` and the like are seen as the unknown fields that they are.
  for (const name of Object.keys(fields)) {
    if (!Object.hasOwn(ALLOWED, name)) throw unknownField(name, FIELDS);
  }
  const parsed = searchBody.safeParse(fields);
  if (!parsed.success) throw refusal(fields, parsed.error.issues[0]?.path ?? []);
  const { query, languages, filters, group_by: groupBy, ...rest } = parsed.data;
  checkPage(rest);
  return {
    ...rest,
    query: checkQuery(query),
    ...(languages === undefined ? {} : { languages: [...new Set(languages)] }),
    ...(filters === undefined ? {} : { filters: readSearchFilter(filters, 'filters') }),
    ...(groupBy === undefined ? {} : { groupBy }),
  };
}

/** @param path  Where zod stopped: a field name, and an index when it is one item of an array. */
function refusal(fields: Readonly<Record<string, unknown>>, path: readonly PropertyKey[]): FihristError {
  const field = FIELDS.find((name) => name === path[0]) ?? 'query';
  const allowed = ALLOWED[field];
  if (!Object.hasOwn(fields, field)) return missingField(field, allowed);
  const value = fields[field];
  const index = path[1];
  if (typeof index !== 'number' || !Array.isArray(value)) return invalidField(field, allowed, value);
  return invalidItem(field, allowed, { index, value: value[index] as unknown });
}
