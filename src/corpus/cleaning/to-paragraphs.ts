import type { Paragraph } from '../../domain/article.js';
import type { Block } from './block.js';
import type { Verdicts } from './verdicts.js';

const MAX_HEADING_CHARACTERS = 250;
/** More headline-like lines in a row than this are a list. */
const MAX_HEADINGS_IN_A_ROW = 2;

/**
 * Makes paragraphs of the blocks that are the article's: headlines above prose become headings, list items that follow
 * each other directly become one paragraph with a line each.
 */
export function toParagraphs(blocks: readonly Block[], verdicts: Verdicts): Paragraph[] {
  const kept = blocks.filter((_, index) => verdicts[index] === undefined);
  const adjoins = new Set(
    blocks.filter((block, index) => block.followsDirectly && verdicts[index - 1] === undefined),
  );
  const headings = findHeadings(kept);
  const paragraphs: Paragraph[] = [];
  for (const [index, block] of kept.entries()) {
    const previous = kept[index - 1];
    const last = paragraphs.at(-1);
    const goesOn = previous?.isBulleted === true && block.isBulleted && adjoins.has(block);
    if (goesOn && last !== undefined && !headings.has(index - 1) && !headings.has(index)) {
      paragraphs.splice(-1, 1, { ...last, text: `${last.text}\n${block.text}` });
    } else {
      paragraphs.push({
        kind: headings.has(index) ? 'heading' : 'paragraph',
        text: block.text,
        line: block.line,
      });
    }
  }
  return paragraphs;
}

function findHeadings(kept: readonly Block[]): Set<number> {
  const found = new Set<number>();
  for (let start = 0; start < kept.length; start += 1) {
    let end = start;
    while (isHeadline(kept[end])) end += 1;
    const run = end - start;
    const isAboveProse = end < kept.length;
    if (run > 0 && kept.length > 1 && (isAboveProse || run === 1)) {
      const first = run > MAX_HEADINGS_IN_A_ROW ? end - 1 : start;
      for (let index = first; index < end; index += 1) found.add(index);
    }
    start = end;
  }
  return found;
}

function isHeadline(block: Block | undefined): boolean {
  if (block === undefined || block.isProse || block.text.length > MAX_HEADING_CHARACTERS) return false;
  return !block.text.includes('\n') && (!block.isBulleted || /^[–—]/.test(block.text));
}
