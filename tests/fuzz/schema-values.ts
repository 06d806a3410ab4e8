import fc from 'fast-check';
import { type ApiDocument, type JsonSchema, resolveSchema } from './api-document.js';
import { hostileTexts } from './hostile-values.js';
import type { KnownWords } from './learn-words.js';

/** From here on, alternatives that refer to other schemas are left out: filters would go on for ever. */
const MAX_DEPTH = 4;

export interface SchemaValuesOptions {
  readonly document: ApiDocument;
  readonly words: KnownWords;
}

/**
 * Values that a schema allows: every field that must be there, some of the others, and numbers and lengths at their limits
 * more often than elsewhere.
 */
export function schemaValues(
  schema: JsonSchema,
  options: SchemaValuesOptions,
  depth = 0,
): fc.Arbitrary<unknown> {
  const { document } = options;
  const resolved = resolveSchema(schema, document);
  if ('const' in resolved) return fc.constant(resolved.const);
  if (resolved.enum !== undefined) return fc.constantFrom(...resolved.enum);
  if (resolved.anyOf !== undefined) {
    const ends = resolved.anyOf.filter((one) => !refersFurther(resolveSchema(one, document)));
    const allowed = depth >= MAX_DEPTH && ends.length > 0 ? ends : resolved.anyOf;
    return fc.oneof(...allowed.map((one) => schemaValues(one, options, depth + 1)));
  }
  const types = typeof resolved.type === 'string' ? [resolved.type] : (resolved.type ?? ['object']);
  return fc.oneof(...types.map((type) => valuesOfType(type, resolved, options, depth)));
}

function valuesOfType(
  type: string,
  schema: JsonSchema,
  options: SchemaValuesOptions,
  depth: number,
): fc.Arbitrary<unknown> {
  switch (type) {
    case 'string':
      return texts(schema, options.words.anywhere);
    case 'integer':
      return wholeNumbers(schema);
    case 'number':
      return fc.double({ min: schema.minimum ?? -1e6, max: schema.maximum ?? 1e6, noNaN: true });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array': {
      const minLength = schema.minItems ?? 0;
      const maxLength = Math.min(schema.maxItems ?? Number.POSITIVE_INFINITY, minLength + 4);
      return fc.array(schemaValues(schema.items ?? {}, options, depth + 1), { minLength, maxLength });
    }
    default: {
      const fields = Object.entries(schema.properties ?? {}).map(
        ([name, field]) => [name, schemaValues(field, options, depth + 1)] as const,
      );
      return fc.record(Object.fromEntries(fields), {
        requiredKeys: (schema.required ?? []).filter((name) => name in (schema.properties ?? {})),
      });
    }
  }
}

function refersFurther(schema: JsonSchema): boolean {
  return JSON.stringify(schema).includes('"$ref"');
}

function texts({ minLength = 0, maxLength = 200 }: JsonSchema, words: readonly string[]) {
  const fits = (text: string) => text.length >= minLength && text.length <= maxLength && /\S/.test(text);
  const known = words.filter(fits);
  const sentences = fc.array(fc.constantFrom('الجسر', 'ماء', 'river', 'of', '1873', 'the', 'نوم', '?'), {
    minLength: 1,
    maxLength: 8,
  });
  return fc.oneof(
    { weight: 3, arbitrary: known.length === 0 ? fc.constant('fihrist') : fc.constantFrom(...known) },
    { weight: 2, arbitrary: sentences.map((parts) => parts.join(' ').slice(0, maxLength)) },
    { weight: 1, arbitrary: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }).filter(fits) },
    // Allowed is allowed, however strange.
    { weight: 1, arbitrary: hostileTexts.map((text) => text.slice(0, maxLength)).filter(fits) },
  );
}

function wholeNumbers({ minimum = -1_000, maximum = 1_000 }: JsonSchema) {
  const edges = fc.constantFrom(minimum, maximum);
  return fc.oneof(
    { weight: 1, arbitrary: edges },
    { weight: 3, arbitrary: fc.integer({ min: minimum, max: maximum }) },
  );
}
