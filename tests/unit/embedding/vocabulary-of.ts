import { type PieceVocabulary, takeVocabulary } from '../../../src/embedding/piece-vocabulary.js';

/** Of pieces with their scores, as it is read from a file. */
export function vocabularyOf(pieces: ReadonlyArray<readonly [string, number]>): PieceVocabulary {
  const taken = takeVocabulary(JSON.stringify({ vocab: pieces }));
  if (taken === null) throw new Error('these are no pieces');
  return taken.vocabulary;
}
