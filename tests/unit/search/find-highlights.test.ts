import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findHighlights, sentenceWithMostWords } from '../../../src/search/find-highlights.js';
import { textWords } from '../../../src/search/passage-words.js';
import { readQueryText } from '../../../src/search/query-terms.js';
import { matchTokens } from '../../../src/text/match-tokens.js';

const spansIn = (text: string, query: string) => findHighlights(textWords(text), readQueryText(query));
const markedIn = (text: string, query: string) =>
  spansIn(text, query).map(({ start, end }) => text.slice(start, end));

describe('findHighlights', () => {
  it.each([
    ['words by stem', 'Two bridges, one bridge.', 'the bridge', ['bridges', 'bridge']],
    ['Arabic words with what is attached', 'وبالكتابِ قرأنا كتابَها', 'الكتاب', ['وبالكتابِ', 'كتابَها']],
    ['vowels and Koranic marks', 'في المَدْرَسَةِ', 'مدرسة', ['المَدْرَسَةِ']],
    ['presentation forms', 'ﺍﻟﻜﺘﺎﺏ هنا', 'كتاب', ['ﺍﻟﻜﺘﺎﺏ']],
    [
      'tatweel and dots that dodge filters',
      'الكتـــاب والإرهـ.ـاب',
      'كتاب إرهاب',
      ['الكتـــاب', 'والإرهـ.ـاب'],
    ],
    ['direction marks', 'see\u200f كتاب\u200e now', 'كتاب', ['كتاب']],
    ['accents and apostrophes', 'Café, the Qur’an', 'cafe quran', ['Café', 'Qur’an']],
    ['numbers in any digits', 'عام ١٩٦٩', '1969', ['١٩٦٩']],
    ['words behind an emoji', '🌍🌍 earth', 'earth', ['earth']],
    ['nothing where no word is', 'Fishermen mend nets.', 'granite', []],
  ])('marks %s', (_what, text, query, marked) => {
    expect(markedIn(text, query)).toEqual(marked);
  });

  it('marks no stop words', () => {
    expect(markedIn('the bridge and the river', 'where is the bridge and')).toEqual(['bridge']);
    expect(markedIn('في الكتاب', 'ماذا في الكتاب')).toEqual(['الكتاب']);
  });

  it('marks a phrase in one piece, stop words and what stands between included', () => {
    const text = 'Read “ألف ليلة وليلة” or the Thousand-and-One Nights.';
    expect(markedIn(text, '"thousand and one nights"')).toEqual(['Thousand-and-One Nights']);
    expect(markedIn(text, '«ألف ليلة وليلة»')).toEqual(['ألف ليلة وليلة']);
  });

  it('marks each place of a phrase, and those that overlap as one', () => {
    expect(markedIn('no way, no way no', '"no way"')).toEqual(['no way', 'no way']);
    expect(markedIn('bora bora bora!', '"bora bora"')).toEqual(['bora bora bora']);
  });

  it('keeps words that stand side by side apart', () => {
    expect(markedIn('stone bridge', 'stone bridge')).toEqual(['stone', 'bridge']);
  });

  it('marks a character that holds several words once', () => {
    expect(spansIn('قال ﷺ', '«صلى الله عليه وسلم»')).toEqual([{ start: 4, end: 5 }]);
  });

  it('are slices of the text, rising, not touching, each with a word or a phrase of the question in it', () => {
    const words = ['bridge', 'Bridges', 'the', 'كِتاب', 'والكتاب', 'في', '1969', '١٩٦٩', 'ﷺ', '🌍', ',', '—'];
    const text = fc.array(fc.constantFrom(...words), { maxLength: 12 }).map((parts) => parts.join(' '));
    const query = fc
      .array(fc.constantFrom(...words), { minLength: 1, maxLength: 4 })
      .chain((parts) => fc.constantFrom(parts.join(' '), `"${parts.join(' ')}"`));
    fc.assert(
      fc.property(text, query, (passage, question) => {
        const asked = readQueryText(question);
        let last = -1;
        for (const { start, end } of findHighlights(textWords(passage), asked)) {
          expect(start).toBeGreaterThan(last);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(passage.length);
          last = end;
          const inside = matchTokens(passage.slice(start, end));
          const folded = inside.map((token) => token.folded).join(' ');
          expect(
            inside.some(({ stem, stopWord }) => !stopWord && asked.stems.includes(stem)) ||
              asked.phrases.some((phrase) => folded.includes(phrase.join(' '))),
          ).toBe(true);
        }
      }),
    );
  });
});

describe('sentenceWithMostWords', () => {
  const text = 'The bridge is old. An old stone bridge! The bridge, bridge, bridge.';
  const sentences = [
    { start: 0, end: 18 },
    { start: 19, end: 39 },
    { start: 40, end: text.length },
  ];
  const best = (query: string) => sentenceWithMostWords(sentences, textWords(text), readQueryText(query));

  it('counts different words, not how often they stand there', () => {
    expect(best('bridges of stone')).toBe(1);
  });

  it('takes the first of equal ones, also when none has a word', () => {
    expect(best('bridge')).toBe(0);
    expect(best('granite')).toBe(0);
  });
});
