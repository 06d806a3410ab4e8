import { describe, expect, it } from 'vitest';
import { parseMatchQuery } from '../../../src/text/parse-match-query.js';

describe('parseMatchQuery', () => {
  it.each([
    ['"old bridge" of Mostar', [['old', 'bridge']]],
    ['«على الأرضِ» “The Reef” „Straße“', [['علي', 'الارض'], ['the', 'reef'], ['strasse']]],
    ['"one" and "two words"', [['one'], ['two', 'words']]],
    ['an "unclosed quote', []],
    ["the students' don't", []],
    ['"" « » "؟"', []],
  ])('reads the phrases of %s', (text, phrases) => {
    expect(parseMatchQuery(text).phrases).toEqual(phrases);
  });

  it('gives all words, those inside quotes too', () => {
    const { tokens } = parseMatchQuery('bridges of "the old town"');
    expect(tokens.map(({ folded }) => folded)).toEqual(['bridges', 'of', 'the', 'old', 'town']);
  });
});
