import type { Embedding } from '../domain/embedding.js';
import type { CutText, PassageEmbeddings } from './embedder.js';

/** The sentences that get an embedding of their own: none when there is only one, which would be the whole text. */
export function sentenceTexts({ text, sentences }: CutText): string[] {
  return sentences.length < 2 ? [] : sentences.map(({ start, end }) => text.slice(start, end));
}

/**
 * Embeds passages and their sentences one text at a time, for models that cannot give both out of one pass.
 * @param embed  Gives one embedding a text, in order; called once.
 */
export async function embedApart(
  passages: readonly CutText[],
  embed: (texts: readonly string[]) => Promise<Embedding[]>,
): Promise<PassageEmbeddings[]> {
  const texts = passages.map((passage) => [passage.text, ...sentenceTexts(passage)]);
  const embeddings = await embed(texts.flat());
  let next = 0;
  return texts.map(({ length }) => {
    const [embedding, ...sentenceEmbeddings] = embeddings.slice(next, next + length);
    next += length;
    if (embedding === undefined) throw new Error('the embedder gave too few vectors');
    return { embedding, sentenceEmbeddings };
  });
}
