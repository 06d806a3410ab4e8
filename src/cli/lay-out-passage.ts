import type { Direction } from '../domain/language.js';
import type { TextSpan } from '../domain/passage.js';
import { isolate, printable } from './terminal-text.js';

/** How a passage is put on the screen. */
export interface PassageLayout {
  readonly direction: Direction;
  /** Marks the best sentence: with bold type where there is a terminal, between ** elsewhere. */
  readonly mark: 'bold' | 'asterisks';
  /** Characters of a line at most; null leaves lines as long as they are. Words longer than that stand out. */
  readonly width: number | null;
}

interface Word {
  readonly text: string;
  readonly marked: boolean;
  /** A blank is before it, so a line may break here. */
  readonly spaced: boolean;
}

const BOLD = '\u001b[1m';
const NOT_BOLD = '\u001b[22m';
const MARKS = /\p{M}|\p{Cf}/gu;

/** Lines of a passage with one sentence marked, each line in an isolate of its own. Blank lines stay. */
export function layOutPassage(text: string, marked: TextSpan | null, layout: PassageLayout): string[] {
  return toParagraphs(text, marked, layout.mark).flatMap((words) =>
    wrap(words, layout.width).map((line) =>
      line.length === 0 ? '' : isolate(joinWords(line), layout.direction),
    ),
  );
}

/** The words of each line of the author's text. */
function toParagraphs(text: string, marked: TextSpan | null, mark: PassageLayout['mark']): Word[][] {
  const span = marked ?? { start: 0, end: 0 };
  const asterisks = mark === 'asterisks' && span.end > span.start ? '**' : '';
  const segments = [
    { text: printable(text.slice(0, span.start)), marked: false },
    { text: asterisks + printable(text.slice(span.start, span.end)) + asterisks, marked: mark === 'bold' },
    { text: printable(text.slice(span.end)), marked: false },
  ];
  const paragraphs: Word[][] = [[]];
  let spaced = false;
  for (const segment of segments) {
    for (const [piece] of segment.text.matchAll(/\s+|\S+/gu)) {
      if (piece.trim() !== '') {
        paragraphs.at(-1)?.push({ text: piece, marked: segment.marked, spaced });
        spaced = false;
        continue;
      }
      const lineEnds = piece.split('\n').length - 1;
      for (let line = 0; line < lineEnds; line++) paragraphs.push([]);
      spaced = lineEnds === 0;
    }
  }
  return paragraphs;
}

function wrap(words: readonly Word[], width: number | null): Word[][] {
  const lines: Word[][] = [[]];
  let length = 0;
  for (const word of words) {
    const wordLength = word.text.replace(MARKS, '').length;
    if (width !== null && word.spaced && length > 0 && length + 1 + wordLength > width) {
      lines.push([]);
      length = 0;
    }
    length += wordLength + (word.spaced && length > 0 ? 1 : 0);
    lines.at(-1)?.push(word);
  }
  return lines;
}

/** Bold is switched on and off within the line, so that every line can be shown alone. */
function joinWords(words: readonly Word[]): string {
  let line = '';
  let bold = false;
  words.forEach((word, position) => {
    const blank = word.spaced && position > 0 ? ' ' : '';
    if (bold && !word.marked) line += NOT_BOLD;
    line += blank;
    if (!bold && word.marked) line += BOLD;
    line += word.text;
    bold = word.marked;
  });
  return bold ? line + NOT_BOLD : line;
}
