import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { markPassage } from '../../../../src/web/html/mark-passage.js';

describe('markPassage', () => {
  const text = 'Coffee came from Yemen. It was sold in Mocha.';

  it('marks the sentence, and the words inside and outside of it', () => {
    const marked = markPassage(
      text,
      {
        sentence: { start: 24, end: 45 },
        words: [
          { start: 0, end: 6 },
          { start: 31, end: 35 },
        ],
      },
      'ltr',
    );
    expect(marked.toString()).toBe(
      '<b>Coffee</b> came from Yemen. <mark>It was <b>sold</b> in Mocha.</mark>',
    );
  });

  it('marks a word on both sides of where the sentence begins', () => {
    const marks = { sentence: { start: 3, end: 6 }, words: [{ start: 0, end: 6 }] };
    expect(markPassage('Coffee', marks, 'ltr').toString()).toBe('<b>Cof</b><mark><b>fee</b></mark>');
  });

  it('marks nothing when there is nothing to mark', () => {
    expect(markPassage(text, { sentence: null, words: [] }, 'ltr').toString()).toBe(text);
  });

  it('loses no character of any text, whatever is marked', () => {
    const span = fc.tuple(fc.nat(30), fc.nat(30)).map(([one, other]) => ({
      start: Math.min(one, other),
      end: Math.max(one, other),
    }));
    fc.assert(
      fc.property(fc.stringMatching(/^[a-zء-ي0-9 .،]{30}$/), span, span, (given, sentence, word) => {
        const marked = markPassage(given, { sentence, words: [word] }, 'rtl').toString();
        expect(marked.replace(/<\/?(?:mark|b|bdi)>/g, '')).toBe(given);
      }),
    );
  });
});
