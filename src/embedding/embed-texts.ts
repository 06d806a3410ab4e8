import type { Embedding, TextRole } from '../domain/embedding.js';
import { detectLanguage } from '../text/detect-language.js';
import { type Centring, centre } from './centring.js';
import type { Embedder } from './embedder.js';

/** Queries overtake passages in the model's queue; a search that comes meanwhile is to wait for a few of them only. */
const QUERIES_AT_ONCE = 8;

export interface TextEmbedding {
  readonly embedder: Pick<Embedder, 'embedQueries' | 'embedPassages' | 'maxBatchSize'>;
  readonly centring: Centring;
}

/**
 * Embeds texts of others as the service embeds its own: what comes out lies in the space that is searched.
 * @returns One a text, in order.
 * @throws EMBEDDING_FAILED (bug), WORKER_STOPPED (operator); an AbortError when `signal` fires
 * Cost: one forward pass of the model a text.
 */
export async function embedTexts(
  { embedder, centring }: TextEmbedding,
  texts: readonly string[],
  { role, signal }: { readonly role: TextRole; readonly signal: AbortSignal },
): Promise<Embedding[]> {
  const atOnce = role === 'query' ? QUERIES_AT_ONCE : embedder.maxBatchSize;
  const embeddings: Embedding[] = [];
  for (let i = 0; i < texts.length; i += atOnce) {
    const batch = texts.slice(i, i + atOnce);
    const raw =
      role === 'query' ? embedder.embedQueries(batch, signal) : embedder.embedPassages(batch, signal);
    for (const [at, embedding] of (await raw).entries()) {
      embeddings.push(centre(embedding, centring.mean(detectLanguage(batch[at] ?? ''), role)));
    }
  }
  return embeddings;
}
