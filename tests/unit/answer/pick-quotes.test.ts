import { describe, expect, test } from 'vitest';
import { pickQuotes } from '../../../src/answer/pick-quotes.js';
import { quotableSpan } from '../../../src/answer/quotable-span.js';
import { type MadePassage, madeSources } from './made-sources.js';

const picked = (...made: readonly MadePassage[]) =>
  pickQuotes(madeSources(...made)).map(({ source, span }) => [
    source.number,
    source.passage.text.slice(span.start, span.end),
  ]);

const honey =
  'Honey begins as a watery nectar. Bees fan it with their wings. Little moisture remains in the end.';
const canal =
  'The canal has no locks at all. The two seas stand at the same level. Ships pass in convoys every day.';
const قناة =
  'تخلو القناة من الأهوسة على طولها. فالفرق بين منسوبي البحرين ضئيل جدًّا. وتمر السفن في قوافل كل يوم.';

describe('the sentences that are quoted', () => {
  test('are the best two of the best passage, in the order of the author', () => {
    expect(picked({ text: honey, similarities: [0.5, 0.2, 0.7] })).toEqual([
      [1, 'Honey begins as a watery nectar.'],
      [1, 'Little moisture remains in the end.'],
    ]);
  });

  test('are one quote when they follow one another', () => {
    expect(picked({ text: honey, similarities: [0.2, 0.6, 0.7] })).toEqual([
      [1, 'Bees fan it with their wings. Little moisture remains in the end.'],
    ]);
  });

  test('leave out what is far behind the best', () => {
    expect(picked({ text: honey, similarities: [0.7, 0.3, 0.2] })).toEqual([
      [1, 'Honey begins as a watery nectar.'],
    ]);
    const behind = { text: honey, score: 0.7, similarities: [0.7, 0.1, 0.1] };
    expect(picked(behind, { text: canal, score: 0.3, similarities: [0.7], beyondTitle: 0.1 })).toHaveLength(
      1,
    );
    expect(picked(behind, { text: canal, score: 0.7, similarities: [0.5, 0.1, 0.1] })).toHaveLength(1);
  });

  test('come from another passage, too, when it is nearly as good', () => {
    expect(
      picked(
        { text: honey, score: 0.7, similarities: [0.7, 0.1, 0.1] },
        { text: canal, score: 0.68, similarities: [0.1, 0.69, 0.1] },
      ),
    ).toEqual([
      [1, 'Honey begins as a watery nectar.'],
      [2, 'The two seas stand at the same level.'],
    ]);
  });

  test('say nothing twice, in whichever language', () => {
    const passages = [
      { text: canal, score: 0.7, similarities: [0.7, 0.1, 0.1], meanings: ['no locks', 'level', 'convoys'] },
      { text: قناة, score: 0.69, similarities: [0.7, 0.69, 0.1], meanings: ['no locks', 'level', 'convoys'] },
    ];
    expect(picked(...passages)).toEqual([
      [1, 'The canal has no locks at all.'],
      [2, 'فالفرق بين منسوبي البحرين ضئيل جدًّا.'],
    ]);
  });

  test('are four at most', () => {
    const made = Array.from({ length: 8 }, () => ({
      text: honey,
      score: 0.7,
      similarities: [0.7, 0.69, 0.68],
    }));
    const sentences = picked(...made).flatMap(([, words]) => String(words).match(/\./g) ?? []);
    expect(sentences).toHaveLength(4);
  });

  test('begin with the passage that is ranked first unless another is better beside its title', () => {
    const first = { text: canal, score: 0.6, beyondTitle: 0.1 };
    expect(picked(first, { text: honey, score: 0.59, beyondTitle: 0.1 })[0]?.[0]).toBe(1);
    expect(picked(first, { text: honey, score: 0.59, beyondTitle: 0.4 })[0]?.[0]).toBe(2);
  });

  test('are none when there is nothing to go by', () => {
    expect(picked()).toEqual([]);
    const [source] = madeSources({ text: honey });
    const { evidence: _none, ...passage } = source!.passage;
    expect(pickQuotes([{ number: 1, passage }])).toEqual([]);
    expect(picked({ text: honey, similarities: [-0.1, -0.2, 0] })).toEqual([]);
  });
});

describe('what is quoted of a sentence', () => {
  test('begins behind a heading that was left in it', () => {
    const text = 'ثلاثة من بغداد\n\nصاحب الثورة الكبرى هو الوزير. \nوبعد';
    const { start, end } = quotableSpan(text, { start: 0, end: text.indexOf('وبعد') });
    expect(text.slice(start, end)).toBe('صاحب الثورة الكبرى هو الوزير.');
  });
});
