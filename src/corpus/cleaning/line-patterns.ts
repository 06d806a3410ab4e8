import type { DropReason } from '../../domain/article.js';
import type { LinePattern } from './line-pattern.js';
import { CREDIT_PATTERNS } from './patterns-credits.js';
import { FORM_AND_COMMENT_PATTERNS, MENU_PATTERNS, RELATED_PATTERNS } from './patterns-page.js';
import { SHARE_PATTERNS, SUBSCRIBE_PATTERNS } from './patterns-share.js';

/** In order of precedence. */
export const LINE_PATTERNS: readonly LinePattern[] = [
  ...SUBSCRIBE_PATTERNS,
  ...SHARE_PATTERNS,
  ...FORM_AND_COMMENT_PATTERNS,
  ...RELATED_PATTERNS,
  ...MENU_PATTERNS,
  ...CREDIT_PATTERNS,
];

/** Why a folded line is not the article, by its wording; undefined when no pattern matches. */
export function matchLinePattern(line: {
  readonly folded: string;
  readonly words: number;
  readonly isClosed: boolean;
}): DropReason | undefined {
  if (line.folded === '') return undefined;
  return LINE_PATTERNS.find(
    (rule) =>
      line.words <= rule.maxWords && (rule.evenIfClosed || !line.isClosed) && rule.pattern.test(line.folded),
  )?.reason;
}
