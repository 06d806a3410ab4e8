import type { Embedding, TextRole } from '../../../domain/embedding.js';
import { FihristError } from '../../../domain/errors.js';
import { embedTexts } from '../../../embedding/embed-texts.js';
import type { Embedder } from '../../../embedding/embedder.js';
import { invalidField } from '../../../search/refuse-field.js';
import type { EmbeddingModel } from '../interfaces-options.js';
import { checkModelName } from './check-model-name.js';
import type { EmbeddingsBody } from './embeddings-body-schema.js';

export interface EmbeddedInput {
  /** One a text, in order. */
  readonly embeddings: readonly Embedding[];
  /** That the model read, prefix and special tokens counted. */
  readonly tokens: number;
}

/**
 * Embeds what a request of OpenAI's form asks for. Nothing is cut off: a text that is longer than the model reads is
 * refused, since whoever stores its vector would never know what is missing.
 * @throws MODEL_NAME_UNKNOWN, INVALID_REQUEST, TEXT_TOO_LONG (caller), and what the embedder throws
 */
export async function embedInput(
  { model, aliases }: { readonly model: EmbeddingModel; readonly aliases: readonly string[] },
  body: EmbeddingsBody,
  signal: AbortSignal,
): Promise<EmbeddedInput> {
  const { embedder } = model;
  checkModelName(body.model, [model.name, ...aliases]);
  const { dimensions } = embedder;
  if (body.dimensions !== undefined && body.dimensions !== null && body.dimensions !== dimensions) {
    throw invalidField('dimensions', `${dimensions}, as ${model.name} has`, body.dimensions);
  }
  const texts = typeof body.input === 'string' ? [body.input] : body.input;
  const role: TextRole = body.input_type ?? 'passage';
  const counts = await countTokens(embedder, texts, role);
  for (const [i, count] of counts.entries()) {
    if (count > embedder.maxInputTokens) {
      const field = typeof body.input === 'string' ? 'input' : `input[${i}]`;
      throw tooLong(field, count, embedder.maxInputTokens);
    }
  }
  const embeddings = await embedTexts(model, texts, { role, signal });
  return { embeddings, tokens: counts.reduce((sum, count) => sum + count, 0) };
}

async function countTokens(embedder: Embedder, texts: readonly string[], role: TextRole): Promise<number[]> {
  const counts: number[] = [];
  for (let i = 0; i < texts.length; i += embedder.maxBatchSize) {
    counts.push(...(await embedder.countTokens(texts.slice(i, i + embedder.maxBatchSize), role)));
  }
  return counts;
}

function tooLong(field: string, value: number, limit: number): FihristError {
  return new FihristError(
    'TEXT_TOO_LONG',
    `${field} has ${value} tokens; the model reads at most ${limit}. Cut it into smaller parts.`,
    { details: { field, limit, value } },
  );
}
