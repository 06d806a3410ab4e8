import type { TextSpan } from '../domain/passage.js';

/** Spans as they are kept: one JSON list `[start, end, start, end, …]`, readable in any SQLite shell. */
export function spansToJson(spans: readonly TextSpan[]): string {
  return JSON.stringify(spans.flatMap((span) => [span.start, span.end]));
}

export function jsonToSpans(json: string): TextSpan[] {
  const numbers = JSON.parse(json) as number[];
  const spans: TextSpan[] = [];
  for (let i = 0; i + 1 < numbers.length; i += 2) {
    spans.push({ start: numbers[i] ?? 0, end: numbers[i + 1] ?? 0 });
  }
  return spans;
}
