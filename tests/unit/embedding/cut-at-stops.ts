import type { CutText } from '../../../src/embedding/embedder.js';

/** A passage whose sentences end at every stop, however short they are. */
export function cutAtStops(text: string): CutText {
  const sentences = [...text.matchAll(/\S[^.؟]*[.؟]/g)].map(({ index, 0: sentence }) => ({
    start: index,
    end: index + sentence.length,
  }));
  return { text, sentences };
}
