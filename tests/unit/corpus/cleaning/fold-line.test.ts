import { expect, it } from 'vitest';
import { foldLine, phraseKey } from '../../../../src/corpus/cleaning/fold-line.js';

it.each([
  ['إقرأ أيضاً', 'اقرا ايضا'],
  ['• مقالات ذات صلة', 'مقالات ذات صله'],
  ['SHARE This', 'share this'],
  ['الميدانيـــة', 'الميدانيه'],
])('folds "%s" to "%s"', (line, folded) => {
  expect(foldLine(line)).toBe(folded);
});

it('leaves long lines out', () => {
  expect(foldLine('a'.repeat(401))).toBe('');
});

it('takes counts and symbols off a phrase', () => {
  expect(phraseKey(foldLine('» Comments (3)'))).toBe('comments');
});
