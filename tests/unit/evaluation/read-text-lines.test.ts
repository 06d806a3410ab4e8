import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitLines } from '../../../src/evaluation/read-text-lines.js';

async function* streamOf(chunks: readonly string[]): AsyncGenerator<string> {
  yield* chunks;
}

async function linesOf(...chunks: string[]) {
  const lines: Array<[number, string]> = [];
  for await (const { number, text } of splitLines(streamOf(chunks))) lines.push([number, text]);
  return lines;
}

describe('splitLines', () => {
  it('numbers lines from one, blank lines too', async () => {
    expect(await linesOf('a\n\nb\n')).toEqual([
      [1, 'a'],
      [2, ''],
      [3, 'b'],
    ]);
  });

  it('gives a last line that has no end', async () => {
    expect(await linesOf('a\nb')).toHaveLength(2);
  });

  it('does not cut at the line separators that JSON strings may hold', async () => {
    expect(await linesOf('one\u2028two\u2029three\u0085four')).toHaveLength(1);
  });

  it('gives the same lines however the text is cut into chunks', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.stringMatching(/^[ab\n\r]*$/), { maxLength: 6 }), async (chunks) => {
        expect(await linesOf(...chunks)).toEqual(await linesOf(chunks.join('')));
      }),
    );
  });
});
