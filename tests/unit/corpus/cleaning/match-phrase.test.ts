import { expect, it } from 'vitest';
import { foldLine, phraseKey } from '../../../../src/corpus/cleaning/fold-line.js';
import { isSectionName, matchPhrase } from '../../../../src/corpus/cleaning/match-phrase.js';

const keyOf = (line: string) => phraseKey(foldLine(line));

it.each([
  ['comments', 'اترك تعليقاً'],
  ['comments', '• تعليقات الفيس بوك'],
  ['comments', 'Comments (12)'],
  ['related', 'إقرأ أيضاً:'],
  ['related', 'YOU MAY ALSO LIKE'],
  ['menu', 'زر الذهاب إلى الأعلى'],
  ['menu', '» Back to top «'],
  ['form', 'Email address *'],
  ['byline', 'رئيس مجلس الإدارة'],
])('knows, as %s, "%s"', (reason, line) => {
  expect(matchPhrase(keyOf(line))).toBe(reason);
});

it.each(['', 'The ship left', 'الجسر الجديد', '|'])('does not know "%s"', (line) => {
  expect(matchPhrase(keyOf(line))).toBeUndefined();
});

it('knows the names of sections apart', () => {
  expect(isSectionName(keyOf('الأخبار'))).toBe(true);
  expect(matchPhrase(keyOf('الأخبار'))).toBeUndefined();
});
