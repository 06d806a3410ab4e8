import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitLines } from '../../../src/corpus/jsonl/split-lines.js';
import { LineCounter } from '../../../src/tasks/line-counter.js';

function count(chunks: readonly string[]): number {
  const lines = new LineCounter();
  for (const chunk of chunks) lines.add(Buffer.from(chunk));
  return lines.count;
}

describe('LineCounter', () => {
  it('counts lines that are not blank, the last one with or without a line feed', () => {
    expect(count(['{"a":1}\n\n \t\r\n{"b":2}'])).toBe(2);
    expect(count(['{"a":1}\n'])).toBe(1);
    expect(count([])).toBe(0);
    expect(count(['\n \r\n'])).toBe(0);
  });

  it('does not count a byte order mark as a line', () => {
    expect(count(['\ufeff'])).toBe(0);
    expect(count(['\ufeff\nx'])).toBe(1);
    expect(count(['\ufeffx\n'])).toBe(1);
  });

  it('counts as many as are read, wherever the chunks end', async () => {
    const chunk = fc.string({ unit: fc.constantFrom('a', ' ', '\n', '\r', '\t', 'ب'), maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(fc.array(chunk, { maxLength: 8 }), async (chunks) => {
        const stream = (async function* () {
          for (const text of chunks) yield Buffer.from(text);
        })();
        let lines = 0;
        for await (const _ of splitLines(stream, { maxLineBytes: 100, name: 'x' })) lines += 1;
        expect(count(chunks)).toBe(lines);
      }),
    );
  });
});
