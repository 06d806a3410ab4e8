import type { AnalyzeReply } from '../search/analyze-text.js';
import { inlineText } from './terminal-text.js';

const HEADER = ['word', 'folded', 'stem'] as const;
/** Characters that take no column on a screen. */
const WITHOUT_WIDTH = /[\p{M}\p{Cf}]/gu;

/** Lines for people: where each word stands, the word, what it is compared by, and whether it is a stop word. */
export function formatAnalysis({ language, tokens, phrases }: AnalyzeReply): string[] {
  const places = tokens.map(({ start, end }) => `${start}–${end}`);
  const words = tokens.map(({ text, folded, stem }) => [text, folded, stem].map((word) => inlineText(word)));
  const rows = [['place', ...HEADER], ...words.map((row, index) => [places[index] ?? '', ...row])];
  const widths = ['place', ...HEADER].map((_, column) =>
    Math.max(...rows.map((row) => widthOf(row[column] ?? ''))),
  );
  const lines = rows.map((row, index) => {
    const cells = row.map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - widthOf(cell)));
    return [...cells, tokens[index - 1]?.stop_word === true ? 'stop word' : ''].join('  ').trimEnd();
  });
  const quoted = phrases.map((phrase) => `phrase: ${inlineText(phrase.join(' '))}`);
  return [`language: ${language}`, ...quoted, '', ...lines];
}

function widthOf(cell: string): number {
  return Array.from(cell.replace(WITHOUT_WIDTH, '')).length;
}
