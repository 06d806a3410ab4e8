import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_PASSAGE_LIMITS } from '../../../src/passages/passage-limits.js';
import { splitArticle } from '../../../src/passages/split-article.js';
import { countWords } from '../../../src/text/count-words.js';
import { cleanArticleOf, sentence } from './clean-article-of.js';

const textsOf = (...paragraphs: string[]) =>
  splitArticle(cleanArticleOf(...paragraphs)).map(({ text }) => text);

describe('splitArticle', () => {
  it('makes a passage of each paragraph of good length', () => {
    const [a, b] = [sentence(50, 'one'), sentence(60, 'two')];
    expect(textsOf(a, b)).toEqual([a, b]);
  });

  it('merges a short paragraph with the one after it, and a short last one with the one before', () => {
    const [a, b, c] = [sentence(10, 'one'), sentence(50, 'two'), sentence(5, 'three')];
    expect(textsOf(a, b, c)).toEqual([`${a}\n\n${b}\n\n${c}`]);
  });

  it('does not merge across a heading', () => {
    const [a, b] = [sentence(10, 'one'), sentence(10, 'two')];
    expect(textsOf(a, '# Part two', b)).toEqual([a, `Part two\n\n${b}`]);
  });

  it('does not merge beyond the most words', () => {
    const [a, b] = [sentence(30, 'one'), sentence(190, 'two')];
    expect(textsOf(a, b)).toEqual([a, b]);
  });

  it('puts headings before what follows, and one at the end behind what is before', () => {
    const [a, b] = [sentence(50, 'one'), sentence(50, 'two')];
    expect(textsOf('# One', '# Sub', a, b, '# The end')).toEqual([`One\n\nSub\n\n${a}`, `${b}\n\nThe end`]);
  });

  it('keeps an article of a heading alone', () => {
    expect(textsOf('# Alone')).toEqual(['Alone']);
  });

  it('cuts a long paragraph at sentence ends into even parts', () => {
    const text = Array.from({ length: 30 }, () => sentence(15, 'كلمة')).join(' ');
    const passages = textsOf(text);
    expect(passages.map(countWords)).toEqual([150, 150, 150]);
    expect(passages.every((passage) => passage.endsWith('.'))).toBe(true);
  });

  it('cuts a long sentence without end marks at clauses, else at words', () => {
    const clauses = Array.from({ length: 10 }, () => sentence(30).slice(0, -1)).join(', ');
    expect(textsOf(clauses).every((passage, index) => index === 1 || passage.endsWith(','))).toBe(true);
    expect(
      textsOf(sentence(500))
        .map(countWords)
        .reduce((a, b) => a + b),
    ).toBe(500);
  });

  it('stays within the limits on a line of a million characters without a blank', () => {
    const passages = textsOf('ب'.repeat(1_000_000));
    expect(passages.every((passage) => passage.length <= DEFAULT_PASSAGE_LIMITS.maxCharacters)).toBe(true);
    expect(passages.join('')).toHaveLength(1_000_000);
  });

  it('keeps the first part of a long paragraph under its heading', () => {
    const text = Array.from({ length: 20 }, () => sentence(15)).join(' ');
    const passages = textsOf('# Heading', text);
    expect(passages[0]?.startsWith('Heading\n\nword')).toBe(true);
    expect(passages.every((passage) => countWords(passage) <= 200)).toBe(true);
  });

  it('gives no passage for an article without paragraphs', () => {
    expect(textsOf()).toEqual([]);
    expect(textsOf(' \n ')).toEqual([]);
  });

  const words = fc.constantFrom(
    'كلمة',
    'word',
    'وقال',
    'end.',
    'نعم؟',
    'so,',
    '\n',
    '😀',
    'e\u0301',
    'x'.repeat(40),
    '2.5',
    '–',
  );
  const paragraph = fc
    .tuple(fc.boolean(), fc.array(words, { minLength: 1, maxLength: 120 }))
    .map(([isHeading, parts]) => `${isHeading && parts.length < 12 ? '# ' : ''}${parts.join(' ')}`);
  const articles = fc.array(paragraph, { maxLength: 8 });
  const limits = { minWords: 10, maxWords: 30, maxCharacters: 120 };
  const withoutBlanks = (text: string) => text.replace(/\s+/g, '');

  it('loses nothing and says nothing twice, within the limits', () => {
    fc.assert(
      fc.property(articles, (texts) => {
        const article = cleanArticleOf(...texts);
        const passages = splitArticle(article, limits);
        expect(withoutBlanks(passages.map(({ text }) => text).join(''))).toBe(
          withoutBlanks(article.paragraphs.map(({ text }) => text).join('')),
        );
        for (const { text } of passages) {
          expect(text.length).toBeLessThanOrEqual(limits.maxCharacters);
          expect(countWords(text)).toBeLessThanOrEqual(limits.maxWords);
          expect(text.trim()).toBe(text);
          expect(Buffer.from(text).toString()).toBe(text);
        }
      }),
    );
  });

  it('gives ordinals in order, ids that differ, and sentences that cover the text', () => {
    fc.assert(
      fc.property(articles, (texts) => {
        const passages = splitArticle(cleanArticleOf(...texts), limits);
        expect(passages.map(({ ordinal }) => ordinal)).toEqual(passages.map((_, index) => index));
        expect(new Set(passages.map(({ id }) => id)).size).toBe(passages.length);
        for (const { text, sentences } of passages) {
          expect(sentences.length).toBeGreaterThan(0);
          expect(withoutBlanks(sentences.map(({ start, end }) => text.slice(start, end)).join(''))).toBe(
            withoutBlanks(text),
          );
        }
      }),
    );
  });
});
