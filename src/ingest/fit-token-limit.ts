import type { ArticleId } from '../domain/article.js';
import type { Passage } from '../domain/passage.js';
import type { Embedder } from '../embedding/embedder.js';
import { rebuildPassages } from '../passages/rebuild-passages.js';
import { splitPassageText } from '../passages/split-passage.js';

/** A text of fewer characters than this below the limit cannot have more tokens than the limit. */
const PREFIX_ROOM = 24;

type TokenCounter = Pick<Embedder, 'countTokens' | 'maxInputTokens' | 'maxBatchSize'>;

/**
 * Halves every passage that the model would cut off, until all of them fit.
 * Words say little of tokens for unusual text (long numbers, symbols, rare scripts), so the tokens are counted.
 * @returns The same array when all fit.
 */
export async function fitTokenLimit(
  articleId: ArticleId,
  passages: readonly Passage[],
  embedder: TokenCounter,
  signal?: AbortSignal,
): Promise<readonly Passage[]> {
  const fitting = await fitTexts(
    passages.map((passage) => passage.text),
    embedder,
    signal,
  );
  return fitting.length === passages.length ? passages : rebuildPassages(articleId, fitting);
}

async function fitTexts(
  texts: readonly string[],
  embedder: TokenCounter,
  signal: AbortSignal | undefined,
): Promise<string[]> {
  const limit = embedder.maxInputTokens;
  const mayBeOver = (text: string) => text.length + PREFIX_ROOM > limit;
  const counts = await countInBatches(texts.filter(mayBeOver), embedder, signal);
  let counted = 0;
  const fitting: string[] = [];
  for (const text of texts) {
    const tokens = mayBeOver(text) ? (counts[counted++] ?? 0) : 0;
    if (tokens <= limit) fitting.push(text);
    else fitting.push(...(await fitTexts(splitPassageText(text), embedder, signal)));
  }
  return fitting;
}

/** Batch by batch, so that a query never waits behind the tokens of a whole book. */
async function countInBatches(
  texts: readonly string[],
  embedder: TokenCounter,
  signal: AbortSignal | undefined,
): Promise<number[]> {
  const counts: number[] = [];
  for (let i = 0; i < texts.length; i += embedder.maxBatchSize) {
    signal?.throwIfAborted();
    counts.push(...(await embedder.countTokens(texts.slice(i, i + embedder.maxBatchSize))));
  }
  return counts;
}
