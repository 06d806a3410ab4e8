import type { RankedPassage } from '../domain/ranked-passage.js';
import type { Source } from './answer.js';

/** A source, and how good an answer it is held for. */
export interface RankedSource {
  readonly source: Source;
  /** Its score, and more for what speaks of the question beside the article's subject. */
  readonly worth: number;
}

/** How much the passage beside what its title says counts against its score. */
const BEYOND_TITLE = 0.5;

/** @returns All of them, the best first */
export function rankSources(sources: readonly Source[]): RankedSource[] {
  return sources
    .map((source) => ({ source, worth: passageWorth(source.passage) }))
    .sort((a, b) => b.worth - a.worth);
}

/** What all passages of an article share, as its title says, finds the article but not the passage. */
function passageWorth({ score, evidence }: RankedPassage): number {
  return score + BEYOND_TITLE * (evidence?.beyondTitle ?? 0);
}
