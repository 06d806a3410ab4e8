import type { Block } from './block.js';
import { isNamedCaption } from './is-named-caption.js';
import { firstProse, nextKept, type Verdicts } from './verdicts.js';

const MIN_DOUBLED_WORDS = 2;
/** "… - Reuters": under a headline, the credit of a picture; a headline itself may name its agency so. */
const AGENCY_CREDIT =
  /\s[-–—]\s?(?:afp|reuters|ap|getty(?: images)?|epa|رويترز|ا ?ف ?ب|فرانس برس|الاناضول|غيتي|ارشيف|ارشيفيه|سانا|وكالات)$/;

/** Judges lines between paragraphs that name who is on a picture, end with its credit, or are printed twice in a row. */
export function judgeCaptions(blocks: readonly Block[], verdicts: Verdicts): void {
  const start = firstProse(blocks, verdicts);
  for (const [index, block] of blocks.entries()) {
    if (verdicts[index] !== undefined || block.isProse || block.isBulleted) continue;
    const previous = nextKept(verdicts, index, -1);
    const beside = [previous, nextKept(verdicts, index, 1)]
      .map((at) => blocks[at])
      .filter((neighbour) => neighbour !== undefined);
    const isDoubled = index > start && isCopy(block, blocks[index + 1]);
    if (isDoubled) verdicts[index + 1] = 'caption';
    const isBetweenProse = index > start && blocks[previous]?.isProse === true;
    const isCredited = previous >= 0 && AGENCY_CREDIT.test(block.folded);
    if (isDoubled || isCredited || (isBetweenProse && isNamedCaption(block, beside)))
      verdicts[index] = 'caption';
  }
}

function isCopy(block: Block, next: Block | undefined): boolean {
  return (
    next !== undefined &&
    block.words >= MIN_DOUBLED_WORDS &&
    next.folded === block.folded &&
    block.folded !== ''
  );
}
