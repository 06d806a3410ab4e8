import { FihristError } from '../domain/errors.js';
import { unknownField } from '../search/refuse-field.js';
import { describeValue, quoteValue } from '../text/describe-value.js';
import { requireJsonObject } from './require-json-object.js';

const FIELDS = ['text'] as const;
const ALLOWED = 'a string';

/**
 * From what came over the wire to the text that is to be analysed. Its length is checked by `analyzeText`.
 * @throws INVALID_REQUEST, UNKNOWN_FIELD (caller)
 */
export function parseAnalyzeBody(body: unknown): string {
  const fields = requireJsonObject(body);
  const unknown = Object.keys(fields).find((name) => name !== 'text');
  if (unknown !== undefined) throw unknownField(unknown, FIELDS);
  const { text } = fields;
  if (typeof text === 'string') return text;
  const missing = !Object.hasOwn(fields, 'text');
  const message = missing
    ? `text is missing; it must be ${ALLOWED}.`
    : `text must be ${ALLOWED}, not ${quoteValue(text)}.`;
  throw new FihristError('INVALID_REQUEST', message, {
    details: { field: 'text', allowed: ALLOWED, value: missing ? null : describeValue(text) },
  });
}
