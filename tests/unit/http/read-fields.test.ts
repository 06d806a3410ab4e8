import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { describeField } from '../../../src/http/describe-field.js';
import { readFields } from '../../../src/http/read-fields.js';

const text = (allowed: string) => describeField(z.string().min(1), { allowed, meaning: 'A text.' });

const schema = z.object({
  name: text('a name'),
  tags: describeField(z.array(z.string()).max(2).optional(), {
    allowed: 'an array of at most 2 strings',
    meaning: 'Tags.',
  }),
  size: describeField(z.int().min(1).nullable().default(null), {
    allowed: 'a whole number from 1, or null',
    meaning: 'Bytes.',
  }),
  parts: describeField(
    z.array(z.strictObject({ title: text('a title'), span: z.strictObject({ start: text('a start') }) })),
    { allowed: 'an array of parts', meaning: 'Parts.' },
  ),
});

const part = { title: 'b', span: { start: 'c' } };
const whole = { name: 'a', parts: [part] };

describe('the fields of a request', () => {
  test('are read, defaults filled in', () => {
    expect(readFields(whole, schema)).toEqual({ ...whole, size: null });
  });

  test.each([
    ['a missing field', { parts: [] }, 'name is missing; it must be a name.'],
    ['a wrong type', { ...whole, name: 7 }, 'name must be a name, not 7.'],
    ['null where it is not allowed', { ...whole, name: null }, 'name must be a name, not null.'],
    [
      'a value outside its limits',
      { ...whole, size: 0 },
      'size must be a whole number from 1, or null, not 0.',
    ],
    [
      'an item of a plain array',
      { ...whole, tags: ['a', 7] },
      'tags must be an array of at most 2 strings; tags[1] is 7.',
    ],
    [
      'too many items',
      { ...whole, tags: ['a', 'b', 'c'] },
      'tags must be an array of at most 2 strings, not an array of 3.',
    ],
    [
      'a field deep inside',
      { ...whole, parts: [part, { ...part, span: { start: 7 } }] },
      'parts[1].span.start must be a start, not 7.',
    ],
    [
      'a missing field deep inside',
      { ...whole, parts: [{ span: part.span }] },
      'parts[0].title is missing; it must be a title.',
    ],
    [
      'an item that is no object',
      { ...whole, parts: [7] },
      'parts must be an array of parts; parts[0] is 7.',
    ],
  ])('are refused for %s', (_what, given, message) => {
    expect(() => readFields(given, schema)).toThrow(
      expect.objectContaining({ code: 'INVALID_REQUEST', message }),
    );
  });

  test.each([
    [{ ...whole, nmae: 'a' }, 'There is no field "nmae"; known fields: name, tags, size, parts.'],
    [
      { ...whole, parts: [{ ...part, span: { start: 'c', end: 'd' } }] },
      'There is no field "end" in parts[0].span; known fields: start.',
    ],
    [JSON.parse('{"__proto__": 1}'), 'There is no field "__proto__"; known fields: name, tags, size, parts.'],
  ])('are refused when there is one that does not exist: %j', (given, message) => {
    expect(() => readFields(given, schema)).toThrow(
      expect.objectContaining({ code: 'UNKNOWN_FIELD', message }),
    );
  });
});
