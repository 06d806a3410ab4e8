import { z } from 'zod';
import type { Embedding } from '../../../domain/embedding.js';
import type { EmbeddedInput } from './embed-input.js';

export const embeddingsReplySchema = z
  .object({
    object: z.literal('list').describe('What this is, for clients that look.'),
    data: z
      .array(
        z.object({
          object: z.literal('embedding').describe('What this is, for clients that look.'),
          index: z.int().min(0).describe('Place of the text in `input`, from 0.'),
          embedding: z
            .union([z.array(z.number()), z.string()])
            .describe('The vector, of length 1: numbers, or the base64 of 32-bit floats, little-endian.'),
        }),
      )
      .describe('One a text, in order.'),
    model: z.string().describe('The name that the model was asked for by.'),
    usage: z
      .object({
        prompt_tokens: z.int().min(0).describe('Tokens that the model read.'),
        total_tokens: z.int().min(0).describe('The same.'),
      })
      .describe('What was read.'),
  })
  .meta({ id: 'EmbeddingsReply', description: 'Vectors of texts, as OpenAI gives them.' });

export function toEmbeddingsReply(
  { embeddings, tokens }: EmbeddedInput,
  { model, format }: { readonly model: string; readonly format: 'float' | 'base64' },
): z.output<typeof embeddingsReplySchema> {
  return {
    object: 'list',
    data: embeddings.map((embedding, index) => ({
      object: 'embedding',
      index,
      embedding: format === 'base64' ? toBase64(embedding) : Array.from(embedding),
    })),
    model,
    usage: { prompt_tokens: tokens, total_tokens: tokens },
  };
}

/** Whatever byte order this machine has. */
function toBase64(embedding: Embedding): string {
  const bytes = Buffer.alloc(embedding.length * 4);
  for (const [i, value] of embedding.entries()) bytes.writeFloatLE(value, i * 4);
  return bytes.toString('base64');
}
