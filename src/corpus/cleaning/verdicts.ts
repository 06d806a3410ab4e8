import type { DropReason } from '../../domain/article.js';
import type { Block } from './block.js';

/** One entry a block: why it is not the article, or undefined while nothing speaks against it. */
export type Verdicts = (DropReason | undefined)[];

/** Reasons that speak of the page around an article, not of the article's own extras. */
const FURNITURE: ReadonlySet<DropReason> = new Set([
  'menu',
  'share',
  'subscribe',
  'form',
  'comments',
  'related',
  'byline',
]);

/** Tells whether the block at an index was found to be the page's and not the article's. */
export function isFurniture(verdicts: Verdicts, index: number): boolean {
  const verdict = verdicts[index];
  return verdict !== undefined && FURNITURE.has(verdict);
}

/** Index of the nearest block that is still the article's, walking by `step` (1 or −1) from `index`; −1 when none. */
export function nextKept(verdicts: Verdicts, index: number, step: 1 | -1): number {
  for (let at = index + step; at >= 0 && at < verdicts.length; at += step) {
    if (verdicts[at] === undefined) return at;
  }
  return -1;
}

/** Index of the first prose that is still the article's; the number of blocks when there is none. */
export function firstProse(blocks: readonly Block[], verdicts: Verdicts): number {
  const found = blocks.findIndex((block, index) => block.isProse && verdicts[index] === undefined);
  return found < 0 ? blocks.length : found;
}
