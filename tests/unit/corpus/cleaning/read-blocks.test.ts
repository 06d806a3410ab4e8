import { expect, it } from 'vitest';
import { readBlocks } from '../../../../src/corpus/cleaning/read-blocks.js';

const read = (text: string) => readBlocks(text).map((block) => [block.line, block.text]);

it('makes a block of each line, numbered as in the text', () => {
  expect(read('one\r\n\u00a0\ntwo\n\u200f\n  three ')).toEqual([
    [1, 'one'],
    [3, 'two'],
    [5, 'three'],
  ]);
});

it('joins a line that breaks inside a sentence with the rest of it', () => {
  const text = 'The crew filled the tank with a mixture of acetylene and compressed O\n2 and sailed on.';
  expect(read(text)).toEqual([[1, text]]);
});

it('keeps headlines of even length apart', () => {
  const text =
    'Fishermen of the north ask for longer opening hours now\nMinister denies that the old harbour will be closed\nTen photos of the new gates that you have not seen';
  expect(read(text)).toHaveLength(3);
});

it('keeps the lines of a list apart', () => {
  expect(read('• salt\n• stone')).toHaveLength(2);
});
