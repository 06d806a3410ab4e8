import type { Block } from './block.js';
import { isSectionName } from './match-phrase.js';
import { isFurniture, nextKept, type Verdicts } from './verdicts.js';

const MIN_MENU_RUN = 4;
const MAX_MENU_ITEM_WORDS = 3;
/** Part of a run of very short lines that must be known for the rest to be a menu too. */
const MIN_KNOWN = 1 / 3;

const MAX_NAME_WORDS = 5;
const PHONE = /\+?\d[\d\s()-]{5,18}\d/;
const PHONE_COMPANY = /(?:رقم|واتس|اتصال|للتواصل|هاتف|ارسال|اشتراك|whatsapp|call|phone|tel|sms|text)/;
const MAX_PHONE_LINE_WORDS = 25;

/** Judges lines that only their neighbours give away: a name under a masthead's role, a number under a share line, menus. */
export function judgeCompany(blocks: readonly Block[], verdicts: Verdicts): void {
  judgeNamesUnderRoles(blocks, verdicts);
  judgePhoneLines(blocks, verdicts);
  judgeSectionNames(blocks, verdicts);
  judgeMenuRuns(blocks, verdicts);
}

/** "Editor-in-chief", and on the next line who that is. */
function judgeNamesUnderRoles(blocks: readonly Block[], verdicts: Verdicts): void {
  for (const [index, block] of blocks.entries()) {
    const above = blocks[index - 1];
    const isUnderRole = above !== undefined && verdicts[index - 1] === 'byline' && above.words <= 4;
    const isName = block.words <= MAX_NAME_WORDS && !block.isProse && !/[:؟?!]/.test(block.text);
    if (verdicts[index] === undefined && isUnderRole && isName && block.followsDirectly) {
      verdicts[index] = 'byline';
    }
  }
}

function judgePhoneLines(blocks: readonly Block[], verdicts: Verdicts): void {
  for (const [index, block] of blocks.entries()) {
    if (verdicts[index] !== undefined || block.words > MAX_PHONE_LINE_WORDS) continue;
    if (!PHONE.test(block.folded) || !PHONE_COMPANY.test(block.folded)) continue;
    const beside = [verdicts[index - 1], verdicts[index + 1]];
    if (beside.includes('share') || beside.includes('subscribe')) verdicts[index] = 'share';
  }
}

/** A section's name heads an article's section when prose follows it and no furniture stands beside it. */
function judgeSectionNames(blocks: readonly Block[], verdicts: Verdicts): void {
  const isName = (index: number) => isSectionName(blocks[index]?.key ?? '');
  const beside = (index: number) => isFurniture(verdicts, index) || isName(index);
  const found = [...blocks.keys()]
    .filter((index) => verdicts[index] === undefined && isName(index))
    .filter((index) => {
      const next = blocks[nextKept(verdicts, index, 1)];
      return beside(index - 1) || beside(index + 1) || next === undefined || !next.isProse;
    });
  for (const index of found) verdicts[index] = 'menu';
}

/** Very short lines in a row, some of them known from other sites' menus: the others are menu too. */
function judgeMenuRuns(blocks: readonly Block[], verdicts: Verdicts): void {
  for (let start = 0; start < blocks.length; start += 1) {
    let end = start;
    while (isMenuItem(blocks[end])) end += 1;
    const run = Array.from({ length: end - start }, (_, offset) => start + offset);
    const mayHeadProse = blocks[end]?.isProse === true && verdicts[end - 1] === undefined;
    const known = run.filter((index) => isFurniture(verdicts, index)).length;
    if (run.length >= MIN_MENU_RUN && known >= run.length * MIN_KNOWN) {
      for (const index of mayHeadProse ? run.slice(0, -1) : run) verdicts[index] ??= 'menu';
    }
    start = end;
  }
}

function isMenuItem(block: Block | undefined): boolean {
  return (
    block !== undefined && block.words <= MAX_MENU_ITEM_WORDS && !block.isProse && !/[:؟?!…]/.test(block.text)
  );
}
