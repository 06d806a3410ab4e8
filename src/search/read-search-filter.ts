import { FihristError } from '../domain/errors.js';
import type { SearchFilter } from '../domain/search-filter.js';
import { MAX_VALUES, readFilterCondition } from './read-filter-condition.js';
import { invalidField, missingField, unknownField } from './refuse-field.js';

export const FILTER_LIMITS = {
  maxConditions: 100,
  /** A condition alone is one deep, a group of conditions two. */
  maxDepth: 5,
  /** Of an `in` or `nin`. */
  maxValues: MAX_VALUES,
} as const;

const GROUP_FIELDS = ['type', 'filters'] as const;
const FILTER = 'a condition {type, key, value} or a group {type: "and" or "or", filters}';
const FILTERS = 'an array of at least one filter';

/**
 * A filter as it comes in: `{type, key, value}`, or `{type: "and" | "or", filters: [...]}` to any mixture of these.
 * @param field  What messages call it; the path below is put behind, `filters.filters[1].value`.
 * @throws INVALID_REQUEST, UNKNOWN_FIELD (caller)
 */
export function readSearchFilter(given: unknown, field: string): SearchFilter {
  const filter = readFilter(given, field, 1);
  const conditions = countConditions(filter);
  const { maxConditions } = FILTER_LIMITS;
  if (conditions <= maxConditions) return filter;
  throw new FihristError(
    'INVALID_REQUEST',
    `${field} has ${conditions} conditions; at most ${maxConditions} are allowed.`,
    { details: { field, limit: maxConditions, value: conditions } },
  );
}

function readFilter(given: unknown, path: string, depth: number): SearchFilter {
  // Before anything else, so that nothing walks down into what is nested a thousand deep.
  if (depth > FILTER_LIMITS.maxDepth) throw tooDeep(path, depth);
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw invalidField(path, FILTER, given);
  }
  const fields = given as Readonly<Record<string, unknown>>;
  const { type } = fields;
  if (type !== 'and' && type !== 'or') return readFilterCondition(fields, path);
  for (const name of Object.keys(fields)) {
    if (!GROUP_FIELDS.some((known) => known === name)) throw unknownField(name, GROUP_FIELDS, path);
  }
  const inner = `${path}.filters`;
  if (!Object.hasOwn(fields, 'filters')) throw missingField(inner, FILTERS);
  const { filters } = fields;
  if (!Array.isArray(filters) || filters.length === 0) throw invalidField(inner, FILTERS, filters);
  return {
    type,
    filters: filters.map((filter: unknown, i) => readFilter(filter, `${inner}[${i}]`, depth + 1)),
  };
}

function countConditions(filter: SearchFilter): number {
  if (!('filters' in filter)) return 1;
  return filter.filters.reduce((sum, inner) => sum + countConditions(inner), 0);
}

function tooDeep(path: string, depth: number): FihristError {
  const { maxDepth } = FILTER_LIMITS;
  return new FihristError('INVALID_REQUEST', `${path} is ${depth} deep; at most ${maxDepth} are allowed.`, {
    details: { field: path, limit: maxDepth, value: depth },
  });
}
