import type { StoryThresholds } from './judge-same-story.js';
import type { UsualShare } from './related-score.js';
import { SHIPPED_MODEL_FIT } from './shipped-model-fit.js';

/** What holds for the vectors of one model only: other models have other cosines. */
export interface RelatedFit {
  /** Of the model that was measured. */
  readonly fingerprint: string;
  readonly storyFrom: StoryThresholds;
  readonly usualShare: { readonly acrossLanguages: UsualShare; readonly withinLanguage: UsualShare };
}

/** What was measured of the model with this fingerprint, or null. `scripts/fit-same-story.mjs` measures. */
export function relatedFitOf(fingerprint: string): RelatedFit | null {
  return fingerprint === SHIPPED_MODEL_FIT.fingerprint ? SHIPPED_MODEL_FIT : null;
}
