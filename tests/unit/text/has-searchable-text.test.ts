import { expect, it } from 'vitest';
import { hasSearchableText } from '../../../src/text/has-searchable-text.js';

it.each(['a', 'ب', '7', '٧', '中', '…?x', 'ـب', '\u200fم'])(
  'finds something to search by in "%s"',
  (text) => {
    expect(hasSearchableText(text)).toBe(true);
  },
);

it.each(['', '  \n\u00a0', '…؟!«»', '\u064e\u0651', '\u200f\u200b', 'ـــ', '😀'])(
  'finds nothing to search by in "%s"',
  (text) => {
    expect(hasSearchableText(text)).toBe(false);
  },
);
