import type { Direction } from '../../domain/language.js';
import type { TextSpan } from '../../domain/passage.js';
import { type Html, html } from './html.js';
import { isolateRuns } from './isolate-runs.js';

export interface PassageMarks {
  /** The sentence that answers; null marks none. */
  readonly sentence: TextSpan | null;
  /** Rising, without overlap. */
  readonly words: readonly TextSpan[];
}

/**
 * The text of a passage with its best sentence in `<mark>` and the question's words in `<b>`.
 * @param direction  Of the text.
 */
export function markPassage(text: string, marks: PassageMarks, direction: Direction): Html {
  const { sentence, words } = marks;
  const part = (span: TextSpan) => boldWords(text, { span, words, direction });
  if (sentence === null || sentence.start >= sentence.end) return part({ start: 0, end: text.length });
  return html`${part({ start: 0, end: sentence.start })}<mark>${part(sentence)}</mark>${part({
    start: sentence.end,
    end: text.length,
  })}`;
}

interface WordMarks {
  readonly span: TextSpan;
  readonly words: readonly TextSpan[];
  readonly direction: Direction;
}

/** A word that lies across the border of the span is marked on both sides of it. */
function boldWords(text: string, { span, words, direction }: WordMarks): Html {
  const pieces: Html[] = [];
  let at = span.start;
  for (const word of words) {
    const start = Math.max(word.start, at);
    const end = Math.min(word.end, span.end);
    if (start >= end) continue;
    pieces.push(isolateRuns(text.slice(at, start), direction));
    pieces.push(html`<b>${isolateRuns(text.slice(start, end), direction)}</b>`);
    at = end;
  }
  pieces.push(isolateRuns(text.slice(at, span.end), direction));
  return html`${pieces}`;
}
