import type { TextSpan } from '../domain/passage.js';

/**
 * The part of a sentence that can stand alone: without blanks around it, and without the heading that a short paragraph
 * before it may have left in its sentence.
 * @returns Span of `text`, never empty unless the sentence is
 */
export function quotableSpan(text: string, { start, end }: TextSpan): TextSpan {
  const sentence = text.slice(start, end);
  const trimmed = sentence.trimEnd();
  const heading = trimmed.lastIndexOf('\n\n');
  const body = heading === -1 ? trimmed : trimmed.slice(heading + 2);
  const from = start + (heading === -1 ? 0 : heading + 2) + (body.length - body.trimStart().length);
  return { start: from, end: start + trimmed.length };
}
