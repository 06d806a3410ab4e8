/** How long a passage may be. A passage may be shorter than `minWords` when its section has no more to give. */
export interface PassageLimits {
  /** Below this a paragraph is merged with a neighbour of its section. */
  readonly minWords: number;
  /** No passage has more words. */
  readonly maxWords: number;
  /** No passage has more UTF-16 code units: the limit that holds for text without blanks. Minimum: 8. */
  readonly maxCharacters: number;
}

/** Source: structure beats fixed lengths; under 512 tokens of the model with room to spare. */
export const DEFAULT_PASSAGE_LIMITS: PassageLimits = { minWords: 40, maxWords: 200, maxCharacters: 1_600 };
