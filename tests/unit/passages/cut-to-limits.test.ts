import { expect, it } from 'vitest';
import { cutToLimits } from '../../../src/passages/cut-to-limits.js';
import { sentence } from './clean-article-of.js';

it('leaves a text within the limits whole, without outer blanks', () => {
  expect(cutToLimits(' one two ', { maxWords: 5, maxCharacters: 100 })).toEqual(['one two']);
});

it('gives nothing for a blank text', () => {
  expect(cutToLimits(' \n ', { maxWords: 5, maxCharacters: 100 })).toEqual([]);
});

it('cuts three parts for two and a half times the limit, not four', () => {
  expect(cutToLimits(sentence(25), { maxWords: 10, maxCharacters: 1_000 })).toHaveLength(3);
});
