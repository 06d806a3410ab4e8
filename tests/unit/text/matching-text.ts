import fc from 'fast-check';

const ALPHABETS = [
  'ابتثجحخدذرزسشصضطظعغفقكلمنهويءآأإىئؤةٱ',
  'یکھہەپچگ',
  '\u064b\u064e\u0651\u0652\u0670\u06d6\u06e5\u0654\u0300\u0301\u0327\u093f\u3099\ufe0f',
  '\u200b\u200e\u200f\u202b\u2066\u2069\u061c\ufeff\u00ad',
  'ـ.ـ.',
  'abcXYZéÉñßœİıſKʼʿ’\'"“”«»„',
  '0123456789٠١٢٣۴۵५１２.,٫٬',
  '½²①ﬁﷺﻻﻣﹰﱞ﷽',
  ' \n\t-_،؟',
  'かが한😀𝐀𝟗\u{1e921}क',
];

/** Texts of both scripts with everything that is folded, whole characters and halves of them. */
export const anyText: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      { weight: 12, arbitrary: fc.constantFrom(...ALPHABETS.flatMap((alphabet) => Array.from(alphabet))) },
      { weight: 1, arbitrary: fc.string({ unit: 'binary', minLength: 1, maxLength: 2 }) },
      { weight: 1, arbitrary: fc.constantFrom('\ud83d', '\ude00') },
    ),
    { maxLength: 40 },
  )
  .map((parts) => parts.join(''));
