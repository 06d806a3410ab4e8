import type { Block } from './block.js';
import type { Verdicts } from './verdicts.js';

/** Shorter lines repeat rightly: answers in an interview, the refrain of a list, two sections' "Ingredients". */
const MIN_WORDS = 5;

/** Judges exact second copies of a paragraph, as pages have that were put together from older ones. Blanks do not count. */
export function judgeRepeats(blocks: readonly Block[], verdicts: Verdicts): void {
  const seen = new Set<string>();
  for (const [index, block] of blocks.entries()) {
    if (verdicts[index] !== undefined || block.words < MIN_WORDS) continue;
    const text = block.text.replace(/\s+/g, ' ');
    if (seen.has(text)) verdicts[index] = 'repeated';
    seen.add(text);
  }
}
