import { expect, it } from 'vitest';
import { splitLongSpan } from '../../../src/text/split-long-span.js';

const words = (count: number) => Array.from({ length: count }, (_, index) => `w${index}`).join(' ');

it('leaves a span within the limit alone', () => {
  const text = `${words(20)}, ${words(20)}`;
  expect(splitLongSpan(text, { start: 0, end: text.length }, 100)).toEqual([{ start: 0, end: text.length }]);
});

it('cuts again while a part is too long', () => {
  const text = Array.from({ length: 4 }, () => words(30)).join(', ');
  const spans = splitLongSpan(text, { start: 0, end: text.length }, 50);
  expect(spans.map((span) => text.slice(span.start, span.end).split(' ').length)).toEqual([30, 30, 30, 30]);
});

it('does not cut off a scrap', () => {
  const text = `${words(3)}, ${words(120)}`;
  expect(splitLongSpan(text, { start: 0, end: text.length }, 100)).toHaveLength(1);
});

it('does not cut inside a number', () => {
  const text = `${words(60)} 1,000 ${words(60)}`;
  expect(splitLongSpan(text, { start: 0, end: text.length }, 100)).toHaveLength(1);
});
