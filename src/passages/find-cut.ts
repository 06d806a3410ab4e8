import { splitSentences } from '../text/split-sentences.js';

/** Where to look for a cut: as near to `target` as the text allows, and never outside the window around it. */
export interface CutWish {
  /** Wanted place, in UTF-16 code units from the start of the text. */
  readonly target: number;
  /** How far from `target` a better kind of boundary may lie. */
  readonly reach: number;
}

const PARAGRAPH_END = /\n[^\S\n]*\n\s*/g;
const CLAUSE_END = /[؛;،,:–—][”»)\]"’']*(?=\s)/g;
const WORD_END = /\s+/g;
const CONTINUES = /[\p{M}\p{Emoji_Modifier}\u200C\u200D]/u;
/** Longer runs of marks on one letter are no writing; a cut may fall among them. */
const MAX_MARKS_KEPT_TOGETHER = 32;

/**
 * Finds the best place to cut a text in two near a target: between paragraphs, else sentences, else clauses, else words,
 * else code points. The cut never parts a surrogate pair, nor (but for endless runs) a letter from its marks.
 *
 * @param text  At least two non-blank code points, no outer blanks.
 * @returns Offset with something that is not blank on both sides.
 */
export function findCut(text: string, wish: CutWish): number {
  const from = Math.max(1, Math.floor(wish.target - wish.reach));
  const to = Math.min(text.length - 1, Math.ceil(wish.target + wish.reach));
  const window = text.slice(from, to);
  const nearest = (ends: Iterable<number>) => nearestOf(ends, wish.target - from);
  const cut =
    nearest(matchStarts(window, PARAGRAPH_END)) ??
    nearest(sentenceEnds(window)) ??
    nearest(matchEnds(window, CLAUSE_END)) ??
    nearest(matchStarts(window, WORD_END));
  return cut === undefined ? codePointCut(text, Math.round(wish.target)) : from + cut;
}

function nearestOf(offsets: Iterable<number>, target: number): number | undefined {
  let best: number | undefined;
  for (const offset of offsets) {
    if (best === undefined || Math.abs(offset - target) < Math.abs(best - target)) best = offset;
  }
  return best;
}

/** The last span ends with the window, not with a sentence. */
function sentenceEnds(window: string): number[] {
  return splitSentences(window)
    .slice(0, -1)
    .map((span) => span.end);
}

function* matchStarts(window: string, pattern: RegExp): Iterable<number> {
  for (const match of window.matchAll(pattern)) yield match.index;
}

function* matchEnds(window: string, pattern: RegExp): Iterable<number> {
  for (const match of window.matchAll(pattern)) yield match.index + match[0].length;
}

function codePointCut(text: string, target: number): number {
  let cut = Math.min(Math.max(target, 1), text.length - 1);
  for (let step = 0; step < MAX_MARKS_KEPT_TOGETHER && cut > 1 && isJoined(text, cut); step += 1) cut -= 1;
  if (isJoined(text, cut)) cut = Math.min(Math.max(target, 1), text.length - 1);
  if (!partsPair(text, cut)) return cut;
  return cut > 1 ? cut - 1 : cut + 1;
}

function isJoined(text: string, cut: number): boolean {
  if (partsPair(text, cut)) return true;
  const next = String.fromCodePoint(text.codePointAt(cut) ?? 0);
  return CONTINUES.test(next) || text.charAt(cut - 1) === '\u200D';
}

function partsPair(text: string, cut: number): boolean {
  const before = text.charCodeAt(cut - 1);
  const after = text.charCodeAt(cut);
  return before >= 0xd800 && before <= 0xdbff && after >= 0xdc00 && after <= 0xdfff;
}
