import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { FihristError } from '../domain/errors.js';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

const modelCardSchema = z
  .object({
    name: z.string().min(1),
    revision: z.string().min(1),
    licence: z.string().min(1),
    dimensions: z.int().min(1).max(8192),
    prefixes: z.object({ query: z.string(), passage: z.string() }),
    /** `in-graph`: the ONNX file gives the finished vector; `mean` and `cls` are done here. */
    pooling: z.enum(['in-graph', 'mean', 'cls']),
    maximumTokens: z.int().min(16).max(65_536),
    /** A text's tokens are those of its words, cut at spaces, between one opening and one closing special token. */
    independentWords: z.boolean().default(false),
    /** transformers.js name of the ONNX file: fp32 is model.onnx, int8 is model_int8.onnx, …. */
    dtype: z.enum(['fp32', 'fp16', 'q8', 'int8', 'uint8', 'q4', 'bnb4', 'q4f16']),
    /** File of mean vectors to subtract (see centring.ts), or null for a space that needs none. */
    centring: z.string().nullable(),
    /**
     * Layers that give a passage's sentences their vectors out of the passage's pass: their ONNX file, and the encoder's output
     * that they read. Null for models without.
     */
    sentenceLayers: z
      .object({ file: z.string().regex(/^onnx\/[\w.-]+\.onnx$/), reads: z.string().min(1) })
      .nullable()
      .default(null),
    files: z.array(z.object({ path: z.string().min(1), sizeBytes: z.int().min(0), sha256 })).min(1),
  })
  .refine(
    ({ sentenceLayers, files }) =>
      sentenceLayers === null || files.some((file) => file.path === sentenceLayers.file),
    {
      path: ['sentenceLayers', 'file'],
      error: 'Not one of the files.',
    },
  );

/** What a model folder says of itself. Fields that only people read are allowed and ignored. */
export type ModelCard = z.infer<typeof modelCardSchema>;

export const MODEL_CARD_FILE = 'model-card.json';

/** @throws MODEL_NOT_FOUND, MODEL_CARD_INVALID (operator) */
export async function readModelCard(folder: string): Promise<ModelCard> {
  const file = path.join(folder, MODEL_CARD_FILE);
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new FihristError(
      'MODEL_NOT_FOUND',
      `There is no model in ${folder}: ${MODEL_CARD_FILE} cannot be read.`,
      {
        details: { file },
        cause,
      },
    );
  });
  try {
    return modelCardSchema.parse(JSON.parse(text));
  } catch (cause) {
    const why = cause instanceof z.ZodError ? z.prettifyError(cause) : String(cause);
    throw new FihristError('MODEL_CARD_INVALID', `${file} is not a model card: ${why}`, {
      details: { file },
      cause,
    });
  }
}
