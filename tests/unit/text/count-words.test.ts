import { expect, it } from 'vitest';
import { countWords } from '../../../src/text/count-words.js';

it.each([
  [0, ''],
  [0, ' – … • '],
  [3, 'one – two, three.'],
  [3, 'قال «إن الأمر»'],
  [1, '3.5'],
])('counts %i words in "%s"', (words, text) => {
  expect(countWords(text)).toBe(words);
});
