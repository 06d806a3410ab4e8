import type { FilterCondition, SearchFilter } from '../../../domain/search-filter.js';
import { readFilterCondition } from '../../../search/read-filter-condition.js';
import { invalidField } from '../../../search/refuse-field.js';
import { secondsToIsoDate } from '../seconds-to-iso-date.js';
import type { MetadataCondition } from './read-retrieval-body.js';

/** All that Dify knows. */
export const COMPARISON_OPERATORS = [
  'contains',
  'not contains',
  'start with',
  'end with',
  'is',
  'is not',
  'in',
  'not in',
  'empty',
  'not empty',
  '=',
  '≠',
  '>',
  '<',
  '≥',
  '≤',
  'before',
  'after',
] as const;

type Operator = (typeof COMPARISON_OPERATORS)[number];
type FilterType = 'eq' | 'ne' | 'in' | 'nin' | 'gt' | 'gte' | 'lt' | 'lte';

const EQUALITY: Partial<Record<Operator, FilterType>> = {
  is: 'eq',
  '=': 'eq',
  'is not': 'ne',
  '≠': 'ne',
  in: 'in',
  'not in': 'nin',
};

/** What an operator means on a field. Parts of words are not looked for, so that most texts are compared as a whole. */
const FILTER_TYPES: Readonly<Record<string, Partial<Record<Operator, FilterType>>>> = {
  language: EQUALITY,
  source: EQUALITY,
  article_id: EQUALITY,
  tags: { ...EQUALITY, contains: 'eq', 'not contains': 'ne' },
  published_at: {
    ...EQUALITY,
    '>': 'gt',
    after: 'gt',
    '≥': 'gte',
    '<': 'lt',
    before: 'lt',
    '≤': 'lte',
    'not empty': 'gte',
    empty: 'gte',
  },
};

/** Before every date that an article can have. */
const FIRST_DATE = '0000';

/**
 * What Dify says of metadata as a filter of ours. An operator that has no meaning on a field is refused, with those
 * that have one.
 * @returns Null when there is no condition
 * @throws INVALID_REQUEST (caller)
 */
export function readMetadataCondition(given: MetadataCondition | null): SearchFilter | null {
  const conditions = (given?.conditions ?? []).map((condition, i) =>
    readCondition(condition, `metadata_condition.conditions[${i}]`),
  );
  const [first, ...others] = conditions;
  if (first === undefined) return null;
  if (others.length === 0) return first;
  return { type: given?.logical_operator ?? 'and', filters: [first, ...others] };
}

function readCondition(
  { name, comparison_operator: operator, value }: NonNullable<MetadataCondition['conditions']>[number],
  path: string,
): FilterCondition {
  const key = typeof name === 'string' ? name : (name[0] ?? '');
  const types = Object.hasOwn(FILTER_TYPES, key) ? FILTER_TYPES[key] : undefined;
  if (types === undefined) {
    throw invalidField(`${path}.name`, `one of ${Object.keys(FILTER_TYPES).join(', ')}`, key);
  }
  const type = types[operator];
  if (type === undefined) {
    const allowed = `one of ${Object.keys(types).join(', ')} for ${JSON.stringify(key)}`;
    throw invalidField(`${path}.comparison_operator`, allowed, operator);
  }
  if (operator === 'empty' || operator === 'not empty') return dated(operator === 'not empty');
  const asked = wanted(key, type, value ?? undefined);
  return readFilterCondition({ type, key, ...(asked === undefined ? {} : { value: asked }) }, path);
}

/** Whether an article has a date at all. */
function dated(isWanted: boolean): FilterCondition {
  const any = readFilterCondition({ type: 'gte', key: 'published_at', value: FIRST_DATE }, '');
  return isWanted ? any : { ...any, type: 'nin' };
}

/** Lists may come as one text with commas, dates as seconds since 1970. */
function wanted(
  key: string,
  type: FilterType,
  value: string | number | readonly string[] | undefined,
): unknown {
  const isDate = key === 'published_at';
  const written = isDate && typeof value === 'number' ? (secondsToIsoDate(value) ?? value) : value;
  if (type !== 'in' && type !== 'nin') return written;
  if (typeof written !== 'string') return written;
  return written
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');
}
