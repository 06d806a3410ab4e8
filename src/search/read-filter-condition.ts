import { z } from 'zod';
import { LANGUAGES } from '../domain/language.js';
import type { FilterCondition, TextFilterKey, TimePeriod } from '../domain/search-filter.js';
import { readIsoDate } from '../text/read-iso-date.js';
import { invalidField, invalidItem, missingField, unknownField } from './refuse-field.js';

export const MAX_VALUES = 1_000;
/** Beyond every date that can be written; whole numbers of milliseconds. */
const BEFORE_ALL_MS = -8.64e15;
const AFTER_ALL_MS = 8.64e15;

const LIST_TYPES = ['in', 'nin'] as const;
const EQUALITY_TYPES = ['eq', 'ne'] as const;
const ORDER_TYPES = ['gt', 'gte', 'lt', 'lte'] as const;
const KEYS = ['published_at', 'language', 'tags', 'source', 'article_id'] as const;

const condition = z.discriminatedUnion('type', [
  z.object({
    type: z.enum(LIST_TYPES),
    key: z.enum(KEYS),
    value: z.array(z.string()).min(1).max(MAX_VALUES),
  }),
  z.object({ type: z.enum([...EQUALITY_TYPES, ...ORDER_TYPES]), key: z.enum(KEYS), value: z.string() }),
]);
type Condition = z.infer<typeof condition>;
type ConditionType = Condition['type'];

const FIELDS = ['type', 'key', 'value'] as const;
type Field = (typeof FIELDS)[number];

const LIST = `an array of 1 to ${MAX_VALUES} strings`;
const DATE = 'an ISO 8601 date or date-time, such as "2024-03-01" or "2024-03-01T09:30:00Z"';
const ALLOWED: Record<Field, string> = {
  type: quoteAll([...EQUALITY_TYPES, ...LIST_TYPES, ...ORDER_TYPES, 'and', 'or']),
  key: quoteAll(KEYS),
  value: 'a string',
};

/**
 * One condition of a filter, said in `in` and `nin`. A date stands for all of its year, month or day.
 * @param path  Of the condition, for messages.
 * @throws INVALID_REQUEST, UNKNOWN_FIELD (caller)
 */
export function readFilterCondition(
  fields: Readonly<Record<string, unknown>>,
  path: string,
): FilterCondition {
  for (const name of Object.keys(fields)) {
    if (!FIELDS.some((known) => known === name)) throw unknownField(name, FIELDS, path);
  }
  const parsed = condition.safeParse(fields);
  if (!parsed.success) throw refusal(fields, path, parsed.error.issues[0]?.path ?? []);
  const { type, key } = parsed.data;
  if (key === 'published_at') return onDates(parsed.data, path);
  if (isOrder(type)) {
    const allowed = `${quoteAll([...EQUALITY_TYPES, ...LIST_TYPES])} for ${JSON.stringify(key)}, which has no order`;
    throw invalidField(`${path}.type`, allowed, type);
  }
  if (key === 'language') checkLanguages(parsed.data, path);
  const inner: TextFilterKey = key === 'article_id' ? 'articleId' : key;
  return { type: isNegative(type) ? 'nin' : 'in', key: inner, values: valuesOf(parsed.data) };
}

/** There are two: another would admit nothing, and nobody would know why. */
function checkLanguages(condition: Condition, path: string): void {
  for (const [index, value] of valuesOf(condition).entries()) {
    if (LANGUAGES.some((known) => known === value)) continue;
    const allowed = quoteAll(LANGUAGES);
    const field = `${path}.value`;
    if (isList(condition.type)) throw invalidItem(field, `an array of ${allowed}`, { index, value });
    throw invalidField(field, allowed, value);
  }
}

function onDates(condition: Condition, path: string): FilterCondition {
  const { type } = condition;
  const periods = valuesOf(condition).map((value, index) => {
    const period = readIsoDate(value);
    if (period !== null) return isOrder(type) ? openEnded(type, period) : period;
    const field = `${path}.value`;
    if (isList(type)) throw invalidItem(field, `an array with ${DATE}`, { index, value });
    throw invalidField(field, DATE, value);
  });
  return { type: isNegative(type) ? 'nin' : 'in', key: 'publishedAt', periods };
}

function openEnded(type: (typeof ORDER_TYPES)[number], { startMs, endMs }: TimePeriod): TimePeriod {
  switch (type) {
    case 'gt':
      return { startMs: endMs, endMs: AFTER_ALL_MS };
    case 'gte':
      return { startMs, endMs: AFTER_ALL_MS };
    case 'lt':
      return { startMs: BEFORE_ALL_MS, endMs: startMs };
    case 'lte':
      return { startMs: BEFORE_ALL_MS, endMs };
  }
}

/** @param issue  Where zod stopped: a field, and an index when it is one item of a list. */
function refusal(fields: Readonly<Record<string, unknown>>, path: string, issue: readonly PropertyKey[]) {
  const name = FIELDS.find((field) => field === issue[0]) ?? 'type';
  const field = `${path}.${name}`;
  const ofList = name === 'value' && isList(fields.type);
  const ofDate = fields.key === 'published_at' ? DATE : ALLOWED.value;
  const allowed = ofList ? LIST : name === 'value' ? ofDate : ALLOWED[name];
  if (!Object.hasOwn(fields, name)) return missingField(field, allowed);
  const value = fields[name];
  const index = issue[1];
  if (typeof index !== 'number' || !Array.isArray(value)) return invalidField(field, allowed, value);
  return invalidItem(field, allowed, { index, value: value[index] as unknown });
}

function valuesOf({ value }: Condition): readonly string[] {
  return typeof value === 'string' ? [value] : value;
}

function isList(type: unknown): type is (typeof LIST_TYPES)[number] {
  return LIST_TYPES.some((one) => one === type);
}

function isOrder(type: ConditionType): type is (typeof ORDER_TYPES)[number] {
  return ORDER_TYPES.some((one) => one === type);
}

function isNegative(type: ConditionType): boolean {
  return type === 'ne' || type === 'nin';
}

function quoteAll(names: readonly string[]): string {
  const quoted = names.map((name) => JSON.stringify(name));
  return `${quoted.slice(0, -1).join(', ')} or ${quoted.at(-1) ?? ''}`;
}
