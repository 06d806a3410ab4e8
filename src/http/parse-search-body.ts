import { z } from 'zod';
import { FihristError } from '../domain/errors.js';
import { LANGUAGES } from '../domain/language.js';
import { checkPage, checkQuery, SEARCH_LIMITS, type SearchRequest } from '../search/search-request.js';
import { describeValue, quoteValue } from './describe-value.js';

const { minLimit, maxLimit, defaultLimit, maxDepth } = SEARCH_LIMITS;

const searchBody = z.object({
  query: z.string(),
  limit: z.int().min(minLimit).max(maxLimit).default(defaultLimit),
  offset: z
    .int()
    .min(0)
    .max(maxDepth - minLimit)
    .default(0),
  mode: z.literal('dense').default('dense'),
  languages: z.array(z.enum(LANGUAGES)).min(1).optional(),
});

type Field = keyof typeof searchBody.shape;

/** What each field allows, in words, for messages. */
const ALLOWED: Record<Field, string> = {
  query: 'a string',
  limit: `a whole number from ${minLimit} to ${maxLimit}`,
  offset: `a whole number from 0 to ${maxDepth - minLimit}`,
  mode: '"dense"',
  languages: 'an array with "ar", "en" or both',
};

const FIELDS = Object.keys(ALLOWED) as readonly Field[];

/** Names that the interface reserves, and what is to be done without them. */
const RESERVED_FIELDS: Readonly<Record<string, string>> = {
  filters: 'leave it out; narrow by "languages"',
  group_by: 'leave it out; every hit carries its "article_id"',
  diversity: 'leave it out; hits are ordered by "score" alone',
  explain: 'leave it out; every hit carries its "score"',
};
const RESERVED_MODES: readonly unknown[] = ['hybrid', 'keyword'];

/**
 * From what came over the wire to a search that can be run. Nothing is guessed: what is not known is refused.
 * @throws INVALID_REQUEST, UNKNOWN_FIELD, NOT_YET_SUPPORTED, QUERY_EMPTY, QUERY_TOO_LONG (caller)
 */
export function parseSearchBody(body: unknown): SearchRequest {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new FihristError(
      'INVALID_REQUEST',
      `The request body must be a JSON object, not ${nameOf(body)}.`,
      {
        details: { field: 'body', allowed: 'a JSON object', value: describeValue(body) },
      },
    );
  }
  const fields = body as Readonly<Record<string, unknown>>;
  checkFieldNames(fields);
  const parsed = searchBody.safeParse(fields);
  if (!parsed.success) throw invalidField(fields, parsed.error.issues[0]?.path ?? []);
  const { query, limit, offset, languages } = parsed.data;
  checkPage({ offset, limit });
  return {
    query: checkQuery(query),
    limit,
    offset,
    ...(languages === undefined ? {} : { languages: [...new Set(languages)] }),
  };
}

/** Own keys, so that `__proto__` and the like are seen as the unknown fields that they are. */
function checkFieldNames(fields: Readonly<Record<string, unknown>>): void {
  for (const name of Object.keys(fields)) {
    if (Object.hasOwn(ALLOWED, name)) continue;
    const advice = Object.hasOwn(RESERVED_FIELDS, name) ? RESERVED_FIELDS[name] : undefined;
    if (advice !== undefined) throw notYetSupported(name, fields[name], advice);
    throw new FihristError(
      'UNKNOWN_FIELD',
      `There is no field ${quoteValue(name)}; known fields: ${FIELDS.join(', ')}.`,
      { details: { field: describeValue(name), known: FIELDS } },
    );
  }
  if (RESERVED_MODES.includes(fields.mode)) throw notYetSupported('mode', fields.mode, 'use "dense"');
}

function notYetSupported(field: string, value: unknown, advice: string): FihristError {
  return new FihristError(
    'NOT_YET_SUPPORTED',
    `${field} = ${quoteValue(value)} is not supported yet; ${advice}.`,
    { details: { field, value: describeValue(value), advice } },
  );
}

/** @param path  Where zod stopped: a field name, and an index when it is one item of an array. */
function invalidField(fields: Readonly<Record<string, unknown>>, path: readonly PropertyKey[]): FihristError {
  const field = FIELDS.find((name) => name === path[0]) ?? 'query';
  const index = typeof path[1] === 'number' ? path[1] : undefined;
  const allowed = ALLOWED[field];
  if (!Object.hasOwn(fields, field)) {
    return new FihristError('INVALID_REQUEST', `${field} is missing; it must be ${allowed}.`, {
      details: { field, allowed, value: null },
    });
  }
  const whole = fields[field];
  const value = index !== undefined && Array.isArray(whole) ? whole[index] : whole;
  const name = index === undefined ? field : `${field}[${index}]`;
  const message =
    index === undefined
      ? `${field} must be ${allowed}, not ${quoteValue(value)}.`
      : `${field} must be ${allowed}; ${name} is ${quoteValue(value)}.`;
  return new FihristError('INVALID_REQUEST', message, {
    details: { field: name, allowed, value: describeValue(value) },
  });
}

function nameOf(value: unknown): string {
  return typeof value === 'string' ? 'a string' : String(describeValue(value));
}
