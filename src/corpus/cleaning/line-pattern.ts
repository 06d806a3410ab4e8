import type { DropReason } from '../../domain/article.js';

/** A line that says by its wording what it is. Patterns see folded text (see `foldLine`) of at most 400 characters. */
export interface LinePattern {
  readonly reason: DropReason;
  readonly pattern: RegExp;
  /** Longer lines are the article's, whatever they start with. */
  readonly maxWords: number;
  /** Whether a line that ends as a sentence of prose may match: only for wordings that no article has. */
  readonly evenIfClosed: boolean;
}

/** Writes one pattern on one line. */
export function linePattern(
  reason: DropReason,
  limits: { readonly maxWords: number; readonly evenIfClosed?: boolean },
  pattern: RegExp,
): LinePattern {
  return { reason, pattern, maxWords: limits.maxWords, evenIfClosed: limits.evenIfClosed ?? false };
}
