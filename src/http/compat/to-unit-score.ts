/**
 * A score as other software takes one, 0…1: 0 for what has nothing to do with the question, 1 for the most there is.
 * Our own score leaves that range a little, for what is less alike than chance and for words that a passage repeats.
 */
export function toUnitScore(score: number): number {
  return Math.min(1, Math.max(0, score));
}
