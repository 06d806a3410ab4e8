import { FihristError } from '../domain/errors.js';
import type { SearchFilter } from '../domain/search-filter.js';
import { readSearchFilter } from '../search/read-search-filter.js';
import { quoteValue } from '../text/describe-value.js';

const OPERATORS: Readonly<Record<string, string>> = {
  '=': 'eq',
  '!=': 'ne',
  '>': 'gt',
  '>=': 'gte',
  '<': 'lt',
  '<=': 'lte',
};

const SHORT_FORM = /^\s*(?<key>[A-Za-z_]+)\s*(?<operator>!=|>=|<=|=|>|<)\s*(?<value>.*)$/su;

/**
 * What was typed as `--filter`: the JSON of the HTTP interface, or short conditions such as `tags=science`. Several must
 * all hold. @returns Undefined when there is none. @throws INVALID_REQUEST, UNKNOWN_FIELD (caller)
 */
export function readFilterOptions(typed: readonly string[]): SearchFilter | undefined {
  const [first, ...others] = typed.map(parseFilterOption);
  if (first === undefined) return undefined;
  const given = others.length === 0 ? first : { type: 'and', filters: [first, ...others] };
  return readSearchFilter(given, 'filter');
}

/** One `--filter` in the form of the HTTP interface, not checked any further. @throws INVALID_REQUEST (caller) */
export function parseFilterOption(text: string): unknown {
  const { key, operator, value } = SHORT_FORM.exec(text)?.groups ?? {};
  const type = OPERATORS[operator ?? ''];
  if (type !== undefined) return { type, key, value };
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new FihristError(
      'INVALID_REQUEST',
      `filter must be JSON, or a key, one of ${Object.keys(OPERATORS).join(' ')} and a value, not ${quoteValue(text)}.`,
      {
        details: { field: 'filter', allowed: 'JSON or a condition such as tags=science', value: text },
        cause,
      },
    );
  }
}
