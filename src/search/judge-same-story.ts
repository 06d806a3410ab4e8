/** What speaks for two passages telling the same: how near they are, and what is peculiar to versions of one text. */
export interface StoryEvidence {
  /** Whether the passages are in two languages. */
  readonly across: boolean;
  /** Of the passage vectors, −1…1. */
  readonly similarity: number;
  /** Across languages how well sentences pair off (`alignSentences`), within one the Jaccard index of their words. */
  readonly agreement: number;
}

/** From which score on two passages are versions of one story. */
export interface StoryThresholds {
  readonly acrossLanguages: number;
  readonly withinLanguage: number;
}

/** Half similarity, half agreement. */
export function storyScore({ similarity, agreement }: Omit<StoryEvidence, 'across'>): number {
  return (similarity + agreement) / 2;
}

export function judgeSameStory(evidence: StoryEvidence, thresholds: StoryThresholds): boolean {
  const { acrossLanguages, withinLanguage } = thresholds;
  return storyScore(evidence) >= (evidence.across ? acrossLanguages : withinLanguage);
}
