import { inlineToText } from './inline-to-text.js';

const FENCE = /^\s{0,3}(`{3,}|~{3,})/;
const THEMATIC_BREAK = /^\s{0,3}(?:\*[ \t]*){3,}$|^\s{0,3}(?:-[ \t]*){3,}$|^\s{0,3}(?:_[ \t]*){3,}$/;
const HEADING = /^\s{0,3}#{1,6}(?:[ \t]+|$)/;
const SETEXT_UNDERLINE = /^\s{0,3}(?:=+|-+)[ \t]*$/;
const QUOTE = /^\s{0,3}>[ \t]?/;
const BULLET = /^(\s*)[-*+][ \t]+(?:\[[ xX]\][ \t]+)?/;
const NUMBERED = /^\s*\d{1,9}[.)][ \t]+/;
const DEFINITION = /^\s{0,3}\[[^\]\n]{1,200}\]:\s/;
const TABLE_RULE = /^\s*\|?[ \t:|-]*-[ \t:|-]*$/;

/** Lines that stand for themselves, and lines that go on from the one before, as Markdown reads them. */
type Line = { readonly kind: 'blank' | 'own' | 'item' | 'heading' | 'flow'; readonly text: string };

/**
 * Reduces Markdown to the text that a reader sees: marks of headings, emphasis, links, quotes and tables go, images go,
 * list items keep a bullet or their number, code keeps its text. Wrapped lines of a paragraph become one line, so a
 * line is a paragraph, a heading or a list item.
 *
 * Cost: linear in the length.
 */
export function markdownToText(markdown: string): string {
  const lines = readLines(markdown.replace(/\r\n?/g, '\n').replace(/<!--[\s\S]*?(?:-->|$)/g, ''));
  const output: string[] = [];
  let flowing = false;
  for (const { kind, text } of lines) {
    if (kind === 'flow' && flowing) {
      output.push(`${output.pop() ?? ''} ${text}`);
    } else if (kind === 'heading') {
      output.push('', text, '');
    } else {
      output.push(text);
    }
    flowing = kind === 'flow' || kind === 'item';
  }
  return output
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

function readLines(markdown: string): Line[] {
  const lines: Line[] = [];
  let fence: string | undefined;
  for (const line of markdown.split('\n')) {
    const mark = FENCE.exec(line)?.[1];
    if (fence !== undefined) {
      if (mark?.startsWith(fence) === true) fence = undefined;
      else lines.push({ kind: line.trim() === '' ? 'blank' : 'own', text: line.trimEnd() });
    } else if (mark === undefined) {
      lines.push(...readLine(line.replace(QUOTE, '').replace(QUOTE, ''), lines));
    } else {
      fence = mark;
      lines.push({ kind: 'blank', text: '' });
    }
  }
  return lines;
}

/** `before` are the lines so far: an underline turns the last of them into a heading. */
function readLine(line: string, before: Line[]): Line[] {
  if (line.trim() === '') return [{ kind: 'blank', text: '' }];
  const last = before.at(-1);
  if (last?.kind === 'flow' && SETEXT_UNDERLINE.test(line)) {
    before.pop();
    return [{ kind: 'heading', text: last.text }];
  }
  if (THEMATIC_BREAK.test(line)) return [{ kind: 'blank', text: '' }];
  if (DEFINITION.test(line)) return [];
  if (HEADING.test(line)) {
    return [{ kind: 'heading', text: inlineToText(line.replace(HEADING, '').replace(/\s#+\s*$/, '')) }];
  }
  if (BULLET.test(line)) return filled('item', `• ${inlineToText(line.replace(BULLET, ''))}`);
  if (NUMBERED.test(line)) return filled('item', inlineToText(line));
  if (line.includes('|') && TABLE_RULE.test(line)) return [];
  if (/^\s*\|.*\|\s*$/.test(line)) return filled('own', tableRowToText(line));
  return filled('flow', inlineToText(line));
}

function filled(kind: Line['kind'], text: string): Line[] {
  return text === '' || text === '• ' ? [] : [{ kind, text }];
}

function tableRowToText(line: string): string {
  return line
    .split('|')
    .map((cell) => inlineToText(cell))
    .filter((cell) => cell !== '')
    .join(', ');
}
