import { type Block, describeBlock } from './block.js';

const INVISIBLE = /[\s\u200B-\u200F\u061C\u202A-\u202E\u2060\u2066-\u2069\uFEFF\u00AD]/g;
const ENDS_SENTENCE = /[.۔؛…?؟!:][\s”»)\]"’'›]*$/;
const INNER_END = /[.۔؛?؟!][”»)\]"’']*\s/;
const LIST_MARK = /^\s*(?:[•·▪●○◦■□►▶*\-–—]|[\p{Nd}]{1,3}[.)\-–]\s|[\p{Nd}]{1,3}\s*[-–])/u;
const GOES_ON = /^\s*[\p{Ll},،;؛)\]»”]/u;
const STARTS_WITH_NUMBER = /^\s*\p{Nd}/u;
const MIN_WRAP_WIDTH = 40;
const MAX_WRAP_WIDTH = 130;
/** Every full line of wrapped text is at least this part of the longest. */
const WRAP_EVENNESS = 0.6;
const MIN_BROKEN_LINE_CHARACTERS = 60;

interface Line {
  readonly text: string;
  readonly number: number;
}

/**
 * Reads raw text as blocks. A line is a block of its own, as scraped pages have it, but for two cases between blank
 * lines: text wrapped at a fixed width is one block, and so is a line that plainly breaks inside a sentence.
 * Lines of nothing but blanks and invisible marks part blocks.
 */
export function readBlocks(text: string): Block[] {
  const blocks: Block[] = [];
  for (const chunk of readChunks(text)) {
    for (const [index, lines] of joinBrokenLines(chunk).entries()) {
      blocks.push(
        describeBlock({
          text: lines.map((line) => line.text).join('\n'),
          line: lines[0]?.number ?? 1,
          followsDirectly: index > 0,
        }),
      );
    }
  }
  return blocks;
}

function readChunks(text: string): Line[][] {
  const chunks: Line[][] = [];
  let open: Line[] | undefined;
  for (const [index, line] of text.split(/\r\n|[\n\r\u2028\u2029]/).entries()) {
    if (line.length < 1_000 && line.replace(INVISIBLE, '') === '') {
      open = undefined;
      continue;
    }
    if (open === undefined) {
      open = [];
      chunks.push(open);
    }
    open.push({ text: line, number: index + 1 });
  }
  return chunks;
}

function joinBrokenLines(chunk: readonly Line[]): Line[][] {
  if (isWrapped(chunk)) return [[...chunk]];
  const groups: Line[][] = [];
  for (const line of chunk) {
    const group = groups.at(-1);
    const previous = group?.at(-1);
    if (group !== undefined && previous !== undefined && breaksInside(previous.text, line.text)) {
      group.push(line);
    } else {
      groups.push([line]);
    }
  }
  return groups;
}

/**
 * Even lines, most of them without an end mark: a column, not a list. Sentences end inside its lines, or it is one
 * sentence whose last line is no longer than the others (a headline's paragraph would be).
 */
function isWrapped(chunk: readonly Line[]): boolean {
  const full = chunk.slice(0, -1).map((line) => line.text.trim());
  if (full.length === 0 || chunk.some((line) => LIST_MARK.test(line.text))) return false;
  const widths = full.map((line) => line.length);
  const widest = widths.reduce((a, b) => Math.max(a, b));
  const narrowest = widths.reduce((a, b) => Math.min(a, b));
  if (widest < MIN_WRAP_WIDTH || widest > MAX_WRAP_WIDTH) return false;
  if (narrowest < widest * WRAP_EVENNESS) return false;
  const open = full.filter((line) => !ENDS_SENTENCE.test(line)).length;
  const last = chunk.at(-1)?.text ?? '';
  if (open * 2 <= full.length || !ENDS_SENTENCE.test(last)) return false;
  const isOneLongSentence =
    open === full.length && widest >= MIN_BROKEN_LINE_CHARACTERS && last.trim().length <= widest;
  return isOneLongSentence || full.some((line) => INNER_END.test(line)) || goesOnInLowerCase(chunk);
}

function goesOnInLowerCase(chunk: readonly Line[]): boolean {
  return chunk.slice(1).some((line) => /^\s*\p{Ll}/u.test(line.text));
}

/** A line that stops without an end mark, before one that starts with a small letter, or a number that begins no list. */
function breaksInside(previous: string, next: string): boolean {
  if (previous.length < MIN_BROKEN_LINE_CHARACTERS || ENDS_SENTENCE.test(previous.slice(-12))) return false;
  if (LIST_MARK.test(next) || LIST_MARK.test(previous)) return false;
  const isProse = ENDS_SENTENCE.test(next.slice(-12)) || INNER_END.test(next);
  return GOES_ON.test(next) || (STARTS_WITH_NUMBER.test(next) && isProse);
}
