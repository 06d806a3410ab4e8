/** Share of the best sentence in a passage's dense score; the rest is the passage as a whole. */
const SENTENCE_SHARE = 0.5;

/** Weight of the title beside passage and sentence, which have 1 together. Measured in docs/decisions/0004. */
const TITLE_WEIGHT = 0.1;

/**
 * The dense score of a passage: half the passage, half its best sentence, and a little of its article's title, which
 * often alone says what "he", "the dam" or "it" of a passage is. An article without a title neither wins nor loses.
 * @returns −1…1
 */
export function denseScore(similarities: {
  passage: number;
  sentence: number;
  title: number | null;
}): number {
  const { passage, sentence, title } = similarities;
  const score = (1 - SENTENCE_SHARE) * passage + SENTENCE_SHARE * sentence;
  return title === null ? score : (score + TITLE_WEIGHT * title) / (1 + TITLE_WEIGHT);
}
