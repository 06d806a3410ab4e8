import { countWords } from '../../text/count-words.js';
import { describeBlock } from './block.js';
import { matchLinePattern } from './line-patterns.js';
import { isSectionName, matchPhrase } from './match-phrase.js';

const MAX_TITLE_CHARACTERS = 300;
const MIN_PROSE_WORDS = 8;
/** First line; a blank line; the lines after it, up to the next blank one. */
const FIRST_LINES = /^\s*(\S[^\n]*)\n[^\S\n]*\n\s*(\S[^\n]*(?:\n[^\S\n]*\S[^\n]*)*)/;

/**
 * Reads the title off the head of a plain text: a headline, then a blank line, then prose. A page that starts in any other
 * way has no certain title, and cleaning looks for it.
 */
export function readTitleLine(text: string): string | undefined {
  const [, first = '', second = ''] = FIRST_LINES.exec(text.replace(/\r\n?/g, '\n')) ?? [];
  const title = first.trim();
  if (title === '' || title.length > MAX_TITLE_CHARACTERS) return undefined;
  const block = describeBlock({ text: title, line: 1, followsDirectly: false });
  const isKnown =
    matchPhrase(block.key) !== undefined || isSectionName(block.key) || matchLinePattern(block) !== undefined;
  if (block.isProse || block.isBulleted || isKnown || block.words === 0) return undefined;
  const below = describeBlock({ text: second, line: 2, followsDirectly: false });
  return below.isProse && countWords(below.text) >= MIN_PROSE_WORDS ? title : undefined;
}
