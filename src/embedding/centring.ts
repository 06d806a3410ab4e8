import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { Embedding, EmbeddingRole } from '../domain/embedding.js';
import { FihristError } from '../domain/errors.js';
import type { Language } from '../domain/language.js';

/**
 * Takes out of an embedding what only says which language and role a text has, so that a question meets passages
 * of both languages on equal terms: subtracts the mean of (language, role), then makes it unit length again.
 */
export interface Centring {
  /** Names these means; part of the space that an index is built in. */
  readonly id: string;
  /** Shape [dimensions], or null when nothing is subtracted. */
  mean(language: Language, role: EmbeddingRole): Float32Array | null;
}

/** For a space that needs no centring. */
export const NO_CENTRING: Centring = { id: 'none', mean: () => null };

const vector = z.array(z.number()).min(1);
const roles = z.object({ query: vector, passage: vector, sentence: vector });
const centresSchema = z.object({
  dimensions: z.int().min(1),
  centres: z.object({ ar: roles, en: roles }),
});

/** @throws MODEL_CARD_INVALID (operator) when the file is no set of centres, or of other dimensions */
export async function readCentring(file: string, dimensions: number): Promise<Centring> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw noCentres(file, String(cause), cause);
  });
  const { centres } = parseCentres(file, text);
  const means = {
    ar: toVectors(centres.ar, file, dimensions),
    en: toVectors(centres.en, file, dimensions),
  };
  return {
    id: `centred-${createHash('sha256').update(text).digest('hex').slice(0, 12)}`,
    mean: (language, role) => means[language][role],
  };
}

function parseCentres(file: string, text: string): z.infer<typeof centresSchema> {
  try {
    return centresSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw noCentres(file, cause instanceof z.ZodError ? z.prettifyError(cause) : String(cause), cause);
  }
}

function noCentres(file: string, why: string, cause: unknown): FihristError {
  return new FihristError('MODEL_CARD_INVALID', `${file} holds no centres: ${why}`, {
    details: { file },
    cause,
  });
}

function toVectors(
  lists: z.infer<typeof roles>,
  file: string,
  dimensions: number,
): Record<EmbeddingRole, Float32Array> {
  for (const [role, list] of Object.entries(lists)) {
    if (list.length !== dimensions) {
      throw new FihristError(
        'MODEL_CARD_INVALID',
        `${file}: the ${role} centre has ${list.length} numbers; the model has ${dimensions} dimensions.`,
        { details: { file, expected: dimensions, actual: list.length } },
      );
    }
  }
  return {
    query: Float32Array.from(lists.query),
    passage: Float32Array.from(lists.passage),
    sentence: Float32Array.from(lists.sentence),
  };
}

/** @returns A new vector of unit length, shape [dimensions]; the embedding itself when nothing is subtracted. */
export function centre(embedding: Embedding, mean: Float32Array | null): Embedding {
  if (mean === null) return embedding;
  const centred = new Float32Array(embedding.length);
  let squares = 0;
  for (let i = 0; i < embedding.length; i++) {
    const value = (embedding[i] ?? 0) - (mean[i] ?? 0);
    centred[i] = value;
    squares += value * value;
  }
  const length = Math.sqrt(squares);
  if (length === 0) return embedding;
  for (let i = 0; i < centred.length; i++) centred[i] = (centred[i] ?? 0) / length;
  return centred;
}
