import { expect, it } from 'vitest';
import { englishStem } from '../../../src/text/english-stem.js';

it.each([
  ['connect', 'connect connected connecting connection connections'],
  ['complet', 'complete completed completion'],
  ['emot', 'emotion emotions emotional'],
  ['nation', 'nation nations'],
  ['passion', 'passion'],
  ['citi', 'city cities'],
  ['news', 'news'],
  ['café', 'café'],
  ['of', 'of'],
])('gives %s for %s', (stem, words) => {
  expect(new Set(words.split(' ').map(englishStem))).toEqual(new Set([stem]));
});
