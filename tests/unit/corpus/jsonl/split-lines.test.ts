import { expect, it } from 'vitest';
import { splitLines } from '../../../../src/corpus/jsonl/split-lines.js';

async function read(chunks: readonly string[], maxLineBytes = 100) {
  const stream = (async function* () {
    for (const chunk of chunks) yield Buffer.from(chunk);
  })();
  const lines = [];
  for await (const { number, bytes } of splitLines(stream, { maxLineBytes, name: 'a.jsonl' })) {
    lines.push([number, bytes === undefined ? undefined : Buffer.from(bytes).toString().trim()]);
  }
  return lines;
}

it('puts lines together from chunks and numbers them, blank ones counted', async () => {
  expect(await read(['\ufeffon', 'e\r\n\r\n t', 'wo\n', '\n', 'three'])).toEqual([
    [1, 'one'],
    [3, 'two'],
    [5, 'three'],
  ]);
});

it('gives an over-long line without its bytes and goes on', async () => {
  expect(await read(['aaaa', 'aaaa\nb\n'], 5)).toEqual([
    [1, undefined],
    [2, 'b'],
  ]);
});

it('refuses binary data', async () => {
  await expect(read(['a\0b'])).rejects.toMatchObject({ code: 'ARTICLE_FILE_BINARY' });
});
