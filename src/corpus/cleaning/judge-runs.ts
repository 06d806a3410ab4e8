import type { DropReason } from '../../domain/article.js';
import type { Block } from './block.js';
import { matchPhrase } from './match-phrase.js';
import { firstProse, nextKept, type Verdicts } from './verdicts.js';

const MIN_LINK_WORDS = 4;
const MIN_LINK_RUN = 2;
const MAX_TAG_WORDS = 4;
const TAGS_MARKER =
  /^(?:tags|topics|filed under|الوسوم|وسوم|كلمات مفتاحيه|الكلمات المفتاحيه|كلمات دلاليه|الكلمات الدلاليه)$/;
/** "Ahmad says:", as comment sections begin a comment. */
const COMMENT_HEAD = /^\S.{0,60} (?:says|said|wrote|replied|commented|يقول|كتب|علق)\s*:$/;

/** Judges what hangs on a marker such as "Related articles" or "Leave a reply": the links and comments beside it. */
export function judgeRuns(blocks: readonly Block[], verdicts: Verdicts): void {
  const prose = firstProse(blocks, verdicts);
  const markers = [...blocks.keys()].filter((index) => isMarker(verdicts[index]));
  for (const index of markers) {
    const isBelowProse = index > prose;
    const isBare = matchPhrase(blocks[index]?.key ?? '') !== undefined;
    if (isBelowProse) judgeLinksBefore(blocks, verdicts, index);
    if (isBare && (isBelowProse || verdicts[index] === 'related')) {
      judgeLinksAfter(blocks, verdicts, { index, isBelowProse });
    }
  }
  const comments = markers.find((index) => index > prose && verdicts[index] === 'comments');
  if (comments !== undefined) judgeCommentsAfter(blocks, verdicts, comments);
  judgeTags(blocks, verdicts, prose);
}

/** Keywords under "Tags", a line each. */
function judgeTags(blocks: readonly Block[], verdicts: Verdicts, prose: number): void {
  let underTags = false;
  for (const [index, block] of blocks.entries()) {
    const isTag: boolean =
      underTags && verdicts[index] === undefined && block.followsDirectly && isTagLine(block);
    if (isTag) verdicts[index] = 'menu';
    underTags = isTag || (index > prose && verdicts[index] === 'menu' && TAGS_MARKER.test(block.key));
  }
}

function isTagLine(block: Block): boolean {
  return !block.isProse && block.words <= MAX_TAG_WORDS;
}

function isMarker(verdict: DropReason | undefined): verdict is 'related' | 'comments' {
  return verdict === 'related' || verdict === 'comments';
}

/**
 * Headlines under a marker, up to the next prose. Links that stand together end with their bullets or at a blank line;
 * the last line above prose is spared where it may be that prose's headline.
 */
function judgeLinksAfter(
  blocks: readonly Block[],
  verdicts: Verdicts,
  marker: { readonly index: number; readonly isBelowProse: boolean },
): void {
  const run: number[] = [];
  let at = marker.index + 1;
  for (; at < blocks.length; at += 1) {
    const block = blocks[at];
    if (block === undefined || block.isProse || isMarker(verdicts[at])) break;
    const first = blocks[run[0] ?? at];
    if (run.length > 0 && endsRun(block, first, blocks[marker.index + 1])) break;
    if (verdicts[at] === undefined) run.push(at);
  }
  const reason = verdicts[marker.index];
  const spares = (reason === 'comments' || !marker.isBelowProse) && blocks[at]?.isProse === true;
  for (const index of spares ? run.slice(0, -1) : run) verdicts[index] = reason;
}

function endsRun(block: Block, first: Block | undefined, underMarker: Block | undefined): boolean {
  if (first?.isBulleted === true && !block.isBulleted) return true;
  return underMarker?.followsDirectly === true && !block.followsDirectly;
}

/** A list of headlines that runs into a marker, after prose: links that lost their own marker. An introduced list stays. */
function judgeLinksBefore(blocks: readonly Block[], verdicts: Verdicts, marker: number): void {
  const run: number[] = [];
  for (let at = marker - 1; at >= 0; at -= 1) {
    const block = blocks[at];
    if (block === undefined || verdicts[at] !== undefined || !isLink(block)) break;
    run.push(at);
  }
  if (run.length < MIN_LINK_RUN) return;
  const before = blocks[nextKept(verdicts, run.at(-1) ?? marker, -1)];
  const isIntroduced = before === undefined || !before.isProse || /[:：]\s*$/.test(before.text);
  if (isIntroduced) return;
  for (const index of run) verdicts[index] = 'related';
}

function isLink(block: Block): boolean {
  return block.isBulleted && !block.isProse && block.words >= MIN_LINK_WORDS;
}

/** Where readers' comments plainly begin ("Ahmad says:"), nothing after them is the article. */
function judgeCommentsAfter(blocks: readonly Block[], verdicts: Verdicts, marker: number): void {
  const head = blocks.findIndex((block, index) => index > marker && COMMENT_HEAD.test(block.folded));
  if (head < 0) return;
  for (let index = head; index < blocks.length; index += 1) verdicts[index] ??= 'comments';
}
