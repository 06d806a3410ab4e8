import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layOutPassage } from '../../../src/cli/lay-out-passage.js';

const plain = { direction: 'ltr', mark: 'asterisks', width: null } as const;

describe('layOutPassage', () => {
  it('marks a sentence in the middle of a line', () => {
    expect(layOutPassage('One. Two. Three.', { start: 5, end: 9 }, plain)).toEqual(['One. **Two.** Three.']);
  });

  it('marks nothing without a sentence', () => {
    expect(layOutPassage('One. Two.', null, plain)).toEqual(['One. Two.']);
  });

  it('keeps the blank lines between paragraphs', () => {
    expect(layOutPassage('One.\n\nTwo.', { start: 6, end: 10 }, plain)).toEqual(['One.', '', '**Two.**']);
  });

  it('breaks lines at blanks and switches bold on again on every line', () => {
    const lines = layOutPassage('aa bb cc dd', { start: 3, end: 11 }, { ...plain, mark: 'bold', width: 5 });
    expect(lines).toEqual(['aa \u001b[1mbb\u001b[22m', '\u001b[1mcc dd\u001b[22m']);
  });

  it('does not break a word, nor between a word and the mark next to it', () => {
    const lines = layOutPassage('«aaaaaaaa» b', { start: 1, end: 9 }, { ...plain, mark: 'bold', width: 4 });
    expect(lines).toEqual(['«\u001b[1maaaaaaaa\u001b[22m»', 'b']);
  });

  it('puts every Arabic line into an isolate of its own', () => {
    const lines = layOutPassage('نص أول\n\nنص ثان', null, { ...plain, direction: 'rtl' });
    expect(lines).toEqual(['\u2067نص أول\u2069', '', '\u2067نص ثان\u2069']);
  });

  it('does not count vowel marks as characters', () => {
    const lines = layOutPassage('كَتَبَ كُتُبٌ', null, { direction: 'rtl', mark: 'bold', width: 7 });
    expect(lines).toHaveLength(1);
  });

  it('takes out what could steer the terminal or break out of the isolate', () => {
    const [line] = layOutPassage('a\u001b[31mb\u0007\u2069\u202ec', null, plain);
    expect(line).toBe('a[31mbc');
  });

  it('shows every word of the text in order, whatever the width and the sentence', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[ab .\n]*$/),
        fc.nat(),
        fc.nat(),
        fc.option(fc.integer({ min: 1, max: 20 })),
        (text, first, second, width) => {
          const bounds = [first % (text.length + 1), second % (text.length + 1)].sort((a, b) => a - b);
          const [start = 0, end = 0] = bounds;
          const lines = layOutPassage(text, { start, end }, { direction: 'ltr', mark: 'bold', width });
          // biome-ignore lint/complexity/useRegexLiterals: an escape is clearer in a string here
          const shown = lines.join(' ').replace(new RegExp('\u001b\\[\\d+m', 'g'), '');
          expect(shown.match(/\S+/g) ?? []).toEqual(text.match(/\S+/g) ?? []);
        },
      ),
    );
  });
});
