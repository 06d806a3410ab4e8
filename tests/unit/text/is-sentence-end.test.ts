import { expect, it } from 'vitest';
import { isSentenceEnd } from '../../../src/text/is-sentence-end.js';

/** Asks about the last mark of `before`, with `after` behind it. */
function endsThere(before: string, after: string): boolean {
  return isSentenceEnd(before + after, {
    start: before.length - 1,
    marksEnd: before.length,
    end: before.length,
  });
}

it.each([
  ['622 م.', ' وقال'],
  ['1443 هـ.', ' وكان'],
  ['the Vitamin C.', ' It'],
  ['Really?', ' Yes'],
  ['read https://example.org/a.', ' Next'],
  ['السؤال؟', 'وقال'],
  ['in 1999.', ' Then'],
])('ends a sentence in "%s|%s"', (before, after) => {
  expect(endsThere(before, after)).toBe(true);
});

it.each([
  ['300 ق.م.', ' في'],
  ['أ.', ' د. محمد'],
  ['by J.', ' Smith'],
  ['Really?', ' he said'],
  ['https://example.org/?', 'q=1'],
  ['Jan.', ' 5'],
  ['\n2.', ' Fry'],
  ['www.', 'example.org'],
])('ends none in "%s|%s"', (before, after) => {
  expect(endsThere(before, after)).toBe(false);
});
