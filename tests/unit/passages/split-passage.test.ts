import fc from 'fast-check';
import { expect, it } from 'vitest';
import { splitPassageText } from '../../../src/passages/split-passage.js';
import { sentence } from './clean-article-of.js';

it('cuts between paragraphs when that is near the middle', () => {
  const [a, b] = [sentence(20, 'one'), `${sentence(10, 'two')} ${sentence(12, 'three')}`];
  expect(splitPassageText(`${a}\n\n${b}`)).toEqual([a, b]);
});

it('cuts between sentences, at the end nearest the middle', () => {
  const [a, b, c] = [sentence(10, 'واحد'), sentence(12, 'اثنان'), sentence(30, 'ثلاثة')];
  expect(splitPassageText(`${a} ${b} ${c}`)).toEqual([`${a} ${b}`, c]);
});

it('cuts at a clause, else between words, else between letters', () => {
  expect(splitPassageText('one two three, four five six')).toEqual(['one two three,', 'four five six']);
  expect(splitPassageText('one two three four')).toEqual(['one two', 'three four']);
  expect(splitPassageText('abcd')).toEqual(['ab', 'cd']);
});

it('keeps surrogate pairs and marks whole', () => {
  expect(splitPassageText('😀😀😀')).toEqual(['😀', '😀😀']);
  expect(splitPassageText('ae\u0301\u0302o')).toEqual(['a', 'e\u0301\u0302o']);
  expect(splitPassageText('a😀')).toEqual(['a', '😀']);
});

it('refuses a text that cannot be cut', () => {
  expect(() => splitPassageText(' a ')).toThrow(RangeError);
  expect(() => splitPassageText('😀')).toThrow(RangeError);
});

it('always gives two parts that together are the text', () => {
  const texts = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.lorem({ mode: 'sentences' }),
    fc.string({ unit: 'binary' }),
  );
  fc.assert(
    fc.property(
      texts.filter((text) => [...text.replace(/\s/g, '')].length >= 2),
      (text) => {
        const [first, second] = splitPassageText(text);
        expect(first.trim() === '' || second.trim() === '').toBe(false);
        expect((first + second).replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
      },
    ),
  );
});
