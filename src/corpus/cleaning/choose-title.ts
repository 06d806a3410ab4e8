import type { Block } from './block.js';
import { foldLine } from './fold-line.js';
import { firstProse, isFurniture, type Verdicts } from './verdicts.js';

const MIN_HEADLINE_WORDS = 3;
const MAX_MASTHEAD_WORDS = 4;
/** Without any menu on the page, more short lines than this are the author's. */
const MAX_SITE_NAME_LINES = 2;
const TITLE_SEPARATOR = /\s[|–—-]\s/;

/**
 * Finds the article's title, and judges the lines above its text by it: copies of the title, and names of the site.
 *
 * @param given  The title that came with the article; empty when none did.
 * @returns `given`, else the first headline above the first prose, else nothing.
 */
export function chooseTitle(given: string, blocks: readonly Block[], verdicts: Verdicts): string {
  const prose = firstProse(blocks, verdicts);
  judgeMastheads(headlinesBefore(prose, blocks, verdicts), blocks, verdicts);
  const candidates = headlinesBefore(prose, blocks, verdicts);
  const titleIndex =
    given === ''
      ? findHeadline(candidates, blocks)
      : blocks.findIndex((block, index) => verdicts[index] === undefined && isSameTitle(block, given));
  judgeSiteNames({ candidates, titleIndex }, blocks, verdicts);
  if (titleIndex >= 0 && hasTextBeside(titleIndex, verdicts)) verdicts[titleIndex] = 'title';
  return given === '' ? (blocks[titleIndex]?.text ?? '') : given;
}

/** The first headline of some length; above prose a short one will do. Lines without prose below are verse or a list. */
function findHeadline(candidates: readonly number[], blocks: readonly Block[]): number {
  const last = candidates.at(-1) ?? -1;
  const isAboveProse = blocks[last + 1] !== undefined;
  const first = candidates.find((index) => (blocks[index]?.words ?? 0) >= MIN_HEADLINE_WORDS);
  if (isAboveProse) return first ?? last;
  const standsApart = first !== undefined && blocks[first + 1]?.followsDirectly === false;
  return standsApart ? first : -1;
}

function headlinesBefore(prose: number, blocks: readonly Block[], verdicts: Verdicts): number[] {
  return blocks.flatMap((block, index) =>
    index < prose && verdicts[index] === undefined && !block.isBulleted ? [index] : [],
  );
}

/** The site's name, when it is longer than two words: short, beside a menu, with a longer headline below it. */
function judgeMastheads(candidates: readonly number[], blocks: readonly Block[], verdicts: Verdicts): void {
  const wordsAt = (index: number) => blocks[index]?.words ?? 0;
  const lastLong = candidates.findLast((index) => wordsAt(index) > MAX_MASTHEAD_WORDS) ?? -1;
  for (const index of candidates) {
    const isBesideMenu = verdicts[index - 1] === 'menu' || verdicts[index + 1] === 'menu';
    if (isBesideMenu && index < lastLong && wordsAt(index) <= MAX_MASTHEAD_WORDS) verdicts[index] = 'menu';
  }
}

/** Lines of a word or two above the title, or beside furniture, are the site's name or a menu, not a heading. */
function judgeSiteNames(
  found: { readonly candidates: readonly number[]; readonly titleIndex: number },
  blocks: readonly Block[],
  verdicts: Verdicts,
): void {
  const short = found.candidates.filter((index) => {
    return index !== found.titleIndex && (blocks[index]?.words ?? 0) < MIN_HEADLINE_WORDS;
  });
  const above = short.filter((index) => index < found.titleIndex).length;
  const hasFurniture = verdicts.some((_, index) => isFurniture(verdicts, index));
  for (const index of short) {
    const isAboveTitle = index < found.titleIndex && (hasFurniture || above <= MAX_SITE_NAME_LINES);
    const isBesideFurniture = isFurniture(verdicts, index - 1) || isFurniture(verdicts, index + 1);
    if (isAboveTitle || isBesideFurniture) verdicts[index] = 'menu';
  }
}

/** The same words, perhaps with the site's name after a bar. */
function isSameTitle(block: Block, title: string): boolean {
  const folded = foldLine(title);
  if (folded === '' || block.folded === '') return block.text === title;
  return block.folded === folded || (block.folded.split(TITLE_SEPARATOR)[0] === folded && !block.isProse);
}

/** A title that is all there is stays in the text. */
function hasTextBeside(titleIndex: number, verdicts: Verdicts): boolean {
  return verdicts.some((verdict, index) => index !== titleIndex && verdict === undefined);
}
