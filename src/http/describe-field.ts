import { z } from 'zod';

const allowedWords = z.registry<{ allowed: string }>();

interface FieldDescription {
  /** What is allowed, to go behind "must be": `a whole number from 1 to 100`. For messages. */
  readonly allowed: string;
  /** What it is for, with its unit. For the reference. */
  readonly meaning: string;
}

/**
 * Says of a field of a request what people need to know. To be called last, on the finished schema.
 * @returns A copy of the schema that knows it.
 */
export function describeField<Schema extends z.ZodType>(
  schema: Schema,
  { allowed, meaning }: FieldDescription,
): Schema {
  const described = schema.describe(meaning);
  allowedWords.add(described, { allowed });
  return described;
}

/** What `describeField` was told is allowed; undefined for any other schema. */
export function allowedIn(schema: z.core.$ZodType): string | undefined {
  return allowedWords.get(schema as z.ZodType)?.allowed;
}
