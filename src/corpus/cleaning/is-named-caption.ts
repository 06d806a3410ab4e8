import type { Block } from './block.js';
import { foldLine } from './fold-line.js';

const MAX_WORDS = 14;
const MIN_WORDS = 3;
const MAX_NEIGHBOUR_CHARACTERS = 3_000;
/** Part of the line's words that the paragraphs beside it have too. */
const MIN_KNOWN = 0.8;
const FUNCTION_WORDS = new Set('في من علي الي عن مع the a an of in at on to and with for by'.split(' '));
/** "The envoy to Syria/ James Jeffrey": who is shown, then the name. */
const ROLE_THEN_NAME = /^[^/|:]{3,80}[/|][^/|:]{3,60}$/;
const PERSON_TITLE =
  /^(?:ال)?(?:رئيس|رئيسه|ملك|امير|شيخ|وزير|وزيره|مبعوث|سفير|سفيره|متحدث|ناطق|نائب|مدير|امين|قائد|جنرال|لواء|عميد|مستشار|دكتور|كاتب|باحث|لاعب|مدرب|فنان|فنانه)(?=\s)|^(?:the |former |then-)?(?:president|prime minister|minister|king|queen|prince|senator|secretary|ambassador|envoy|general|chancellor|pope|governor|mayor|professor|dr|coach)\b/;
const VERB_LIKE = /(?:^|\s)(?:[يت][\u0621-\u064A]{3,6}|is|are|was|were|has|have|will|says|said|to)(?=\s|$)/;

/**
 * Tells whether a line between paragraphs is the caption of a picture of somebody: a title or a role with a name, no verb,
 * no end mark, in words that the paragraphs beside it have. Anything less certain is a headline.
 */
export function isNamedCaption(block: Block, neighbours: readonly Block[]): boolean {
  if (block.isProse || block.words < MIN_WORDS || block.words > MAX_WORDS) return false;
  if (/[:؟?!…]|\.\./.test(block.text)) return false;
  const roleThenName = ROLE_THEN_NAME.test(block.folded);
  if (!roleThenName && !PERSON_TITLE.test(block.folded)) return false;
  if (VERB_LIKE.test(block.folded)) return false;
  const known = new Set(neighbours.flatMap((neighbour) => wordsOf(foldText(neighbour.text))));
  const words = wordsOf(block.folded).filter((word) => !FUNCTION_WORDS.has(word));
  return words.filter((word) => known.has(word)).length >= words.length * MIN_KNOWN;
}

/** Prose is longer than `foldLine` takes. */
function foldText(text: string): string {
  return text
    .slice(0, MAX_NEIGHBOUR_CHARACTERS)
    .split(/(?<=\s)(?=\S)/)
    .map((word) => foldLine(word))
    .join(' ');
}

function wordsOf(text: string): string[] {
  return text.match(/[\p{L}\p{N}]+/gu) ?? [];
}
