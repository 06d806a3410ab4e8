import { describe, expect, test } from 'vitest';
import { checkStatement } from '../../../src/answer/check-statement.js';
import { findQuote } from '../../../src/answer/find-quote.js';
import { readStatements } from '../../../src/answer/read-statements.js';
import { madeSources } from './made-sources.js';

const sources = madeSources(
  {
    text: 'So little moisture remains that microbes cannot grow. Honey keeps for years.',
    url: 'https://a.example/honey',
  },
  { text: 'وتخلو القناةُ من الأهوسة لأن الفرق ضئيل. انظر https://b.example/canal للمزيد.' },
);
const checked = (reply: string) => checkStatement(readStatements(reply, true).statements[0]!, sources);

describe('a statement', () => {
  test('is shown with the words that bear it out, where they stand in the passage', () => {
    const statement = checked('Honey keeps [1: "little moisture remains that microbes"].');
    expect(statement?.text).toBe('Honey keeps.');
    const [support] = statement?.supports ?? [];
    expect(support).toMatchObject({ verified: true });
    const { start, end } = support!.quote!;
    expect(sources[0]!.passage.text.slice(start, end)).toBe('little moisture remains that microbes');
  });

  test('is not verified by words that do not stand there, or stand elsewhere', () => {
    for (const quote of ['honey is full of antibiotics', 'تخلو القناة من الأهوسة']) {
      expect(checked(`Honey keeps [1: "${quote}"].`)?.supports).toMatchObject([
        { quote: null, verified: false },
      ]);
    }
  });

  test('is not verified when it names no words', () => {
    expect(checked('Honey keeps [1].')?.supports).toMatchObject([{ quote: null, verified: false }]);
  });

  test('is verified by a quotation in it, and not when one of them is made up', () => {
    expect(checked('It is said that "microbes cannot grow" in it [1].')?.supports).toMatchObject([
      { verified: true },
    ]);
    expect(
      checked('It is "the food of the gods" [1: "so little moisture remains"].')?.supports,
    ).toMatchObject([{ verified: false }]);
  });

  test('is not shown without a source that there is', () => {
    expect(checked('Honey keeps.')).toBeNull();
    expect(checked('Honey keeps [9].')).toBeNull();
    expect(checked('— [1].')).toBeNull();
    expect(checked('Honey keeps [9][1].')?.supports.map(({ source }) => source.number)).toEqual([1]);
  });

  test.each([
    'Read on at https://evil.example/x [1].',
    'Read on at www.evil.example [1].',
    'Read on at evil.example/path?q=1 [1].',
    'See ![x](http://evil.example/a.png) there [1].',
    'Click javascript:alert(1) now [1].',
    'See https://b.example/canal for more [1].',
  ])('is not shown with an address that its sources do not have: %s', (reply) => {
    expect(checked(reply)).toBeNull();
  });

  test('may have an address of its sources', () => {
    expect(checked('See https://a.example/honey, which tells more [1].')).not.toBeNull();
    expect(checked('See https://b.example/canal. [2]')).not.toBeNull();
  });
});

describe('finding a quotation', () => {
  const text = 'تخلو القناةُ من\n\nالأهوسة، لأن «الفرق» ضئيل. So Little—moisture remains.';
  test.each([
    ['القناة من الأهوسة، لأن "الفرق" ضئيل', 'القناةُ من\n\nالأهوسة، لأن «الفرق» ضئيل'],
    ['so little-moisture remains…', 'So Little—moisture remains'],
  ])('passes over blanks, vowel marks, capitals and kinds of marks: %s', (quote, found) => {
    const span = findQuote(text, quote)!;
    expect(text.slice(span.start, span.end)).toBe(found);
  });

  test.each([
    'القناة من لأن الأهوسة',
    'moisture remains',
    'ittle moisture remains so',
    '…',
    'oisture remains So Little',
  ])('finds nothing where words differ, are cut, or are fewer than three: %s', (quote) => {
    expect(findQuote(text, quote)).toBeNull();
  });
});
