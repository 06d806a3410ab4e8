import type { Block } from './block.js';
import { isFurniture, type Verdicts } from './verdicts.js';

const MAX_WORDS = 2;

/**
 * Judges the last words of a page without an article: when no prose is left, most lines were the page's, and what remains
 * is a word or two a line, it is the site's name or an unknown menu.
 */
export function judgeLeftovers(blocks: readonly Block[], verdicts: Verdicts): void {
  const kept = [...blocks.keys()].filter((index) => verdicts[index] === undefined);
  const furniture = verdicts.filter((_, index) => isFurniture(verdicts, index)).length;
  const areTiny = kept.every(
    (index) => (blocks[index]?.words ?? 0) <= MAX_WORDS && blocks[index]?.isProse === false,
  );
  if (areTiny && furniture > kept.length) {
    for (const index of kept) verdicts[index] = 'menu';
  }
}
