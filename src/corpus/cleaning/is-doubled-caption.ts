import type { Block } from './block.js';

const MAX_WORDS = 40;
const MIN_HALF_WORDS = 2;
/** Part of the second half's words that the first half must have: sites shorten the copy that serves the blind. */
const MIN_SHARED = 0.8;
const MIN_EVENNESS = 0.5;

/**
 * Tells whether a line is a picture's caption printed twice in a row, as sites do that print both the caption and the
 * text for the blind: "A minister at the dockA minister at the dock". No blank need part the copies, and the second may
 * lack a few words.
 */
export function isDoubledCaption(block: Block): boolean {
  if (block.isProse || block.words > MAX_WORDS || block.words < MIN_HALF_WORDS * 2 - 1) return false;
  const text = block.folded;
  const opening = /^\S+/.exec(text)?.[0] ?? '';
  if (opening.length < 3) return false;
  for (let at = text.indexOf(opening, 1); at > 0; at = text.indexOf(opening, at + 1)) {
    if (areCopies(text.slice(0, at), text.slice(at))) return true;
  }
  return false;
}

function areCopies(first: string, second: string): boolean {
  const left = wordsOf(first);
  const right = wordsOf(second);
  if (Math.min(left.length, right.length) < MIN_HALF_WORDS) return false;
  const evenness = Math.min(left.length, right.length) / Math.max(left.length, right.length);
  const known = new Set(left);
  const shared = right.filter((word) => known.has(word)).length / right.length;
  return evenness >= MIN_EVENNESS && shared >= MIN_SHARED;
}

function wordsOf(text: string): string[] {
  return text.match(/[\p{L}\p{N}]+/gu) ?? [];
}
