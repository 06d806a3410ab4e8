import type { DropReason } from '../../domain/article.js';
import { hasSearchableText } from '../../text/has-searchable-text.js';
import type { Block } from './block.js';
import { foldLine, phraseKey } from './fold-line.js';
import { isDoubledCaption } from './is-doubled-caption.js';
import { matchLinePattern } from './line-patterns.js';
import { isSectionName, matchPhrase } from './match-phrase.js';
import type { Verdicts } from './verdicts.js';

const ADDRESS =
  /https?:\/\/\S+|www\.\S+|[\w.+-]{1,64}@[\w-]+\.[\w.]+|(?<=^|\s)@\w+|\b(?:t\.me|wa\.me|bit\.ly|fb\.com)\/\S+/g;
/** Besides an address, a line that is still a pointer may say "link:" or the like. */
const MAX_WORDS_BESIDE_ADDRESS = 3;
const HASHTAGS = /^(?:#[\p{L}\p{N}_]+[\s,،]*)+$/u;
const MENU_SEPARATOR = /\s*[|›»>•·/\\←→]\s*|\s{3,}|\t/;
const MIN_MENU_ITEMS = 4;
const MAX_MENU_ITEM_WORDS = 3;
const BYLINE_WORD = /^(?:[A-Z][\p{L}'’.-]*|and|in|of|for|the|de|al|el|bin|ibn|van|von|&|,)$/u;

/** Judges every block by itself: known phrases, wordings, addresses without prose, menus on one line, doubled captions. */
export function judgeSingleLines(blocks: readonly Block[]): Verdicts {
  return blocks.map(judgeLine);
}

function judgeLine(block: Block): DropReason | undefined {
  if (!hasSearchableText(block.text)) return 'symbols-only';
  if (block.folded === '') return undefined;
  return (
    judgePhrase(block) ??
    matchLinePattern(block) ??
    judgeAddresses(block) ??
    (isMenuLine(block) ? 'menu' : undefined) ??
    (isEnglishByline(block.text) ? 'byline' : undefined) ??
    (isDoubledCaption(block) ? 'caption' : undefined)
  );
}

/** "Listen." is a sentence, "Listen" a button. */
function judgePhrase(block: Block): DropReason | undefined {
  return block.isClosed && block.words <= 1 ? undefined : matchPhrase(block.key);
}

function judgeAddresses(block: Block): DropReason | undefined {
  if (HASHTAGS.test(block.text)) return 'share';
  const rest = block.text.replace(ADDRESS, ' ');
  if (rest.length === block.text.length) return undefined;
  const words = rest.split(/\s+/).filter(hasSearchableText).length;
  return words <= (block.isClosed ? 0 : MAX_WORDS_BESIDE_ADDRESS) ? 'share' : undefined;
}

/** Many very short items with bars or arrows between, or a few that are all known: "Sign in | Subscribe". */
function isMenuLine(block: Block): boolean {
  if (block.isClosed) return false;
  const items = block.text.split(MENU_SEPARATOR).filter(hasSearchableText);
  if (items.length >= 2 && items.every(isKnownItem)) return true;
  return (
    items.length >= MIN_MENU_ITEMS &&
    items.every((item) => item.split(/\s+/).filter(hasSearchableText).length <= MAX_MENU_ITEM_WORDS)
  );
}

function isKnownItem(item: string): boolean {
  const key = phraseKey(foldLine(item));
  return matchPhrase(key) !== undefined || isSectionName(key);
}

/** "By JOHN SMITH and Jane Doe, Staff Writer": every word capitalised. */
function isEnglishByline(text: string): boolean {
  const words = /^By:?\s+(.{3,80})$/i.exec(text)?.[1]?.split(/[\s,|]+/) ?? [];
  const names = words.filter((word) => word !== '');
  return (
    names.length >= 2 &&
    names.length <= 9 &&
    /^[A-Z]/.test(names[0] ?? '') &&
    names.every((word) => BYLINE_WORD.test(word))
  );
}
