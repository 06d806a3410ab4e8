import { describe, expect, it } from 'vitest';
import { toEmbeddingText } from '../../../src/text/to-embedding-text.js';

describe('toEmbeddingText', () => {
  it.each([
    ['joins words that a site broke with a dot between tatweels', 'الإرهـ.ـابية', 'الإرهابية'],
    ['joins a word broken twice', 'المعتـ.ـقلـ.ـين', 'المعتقلين'],
    ['joins a word whose dot has a tatweel on one side only', 'معت.ـظمهم', 'معتظمهم'],
    ['joins a word that a zero-width mark breaks as well', 'الإرهـ\u200f.\u200fـابية', 'الإرهابية'],
    ['takes tatweel out', 'الميدانيـــة', 'الميدانية'],
    ['takes vowels and Koranic marks out', 'مُحَمَّدٌ ٱلرَّحۡمَٰن', 'محمد ٱلرحمن'],
    ['leaves alef forms, ى and ة', 'أحمد إلى آخر المدرسة', 'أحمد إلى آخر المدرسة'],
    ['writes presentation forms as letters', 'ﷺ ﻻ', 'صلى الله عليه وسلم لا'],
    ['leaves compatibility forms of other scripts', 'ﬁne ①', 'ﬁne ①'],
    [
      'takes direction marks, soft hyphens and byte order marks out',
      '\ufeffa\u00ad\u202bb\u2066c\u2069',
      'abc',
    ],
    ['writes Persian yeh and kaf as Arabic in Arabic text', 'کتابی', 'كتابي'],
    ['leaves them in Persian text', 'پدر کتابی', 'پدر کتابی'],
    ['writes Arabic and Persian digits and signs as European', '٣٫٥ و۱٬۲۰۰', '3.5 و1,200'],
    ['makes one space of blanks and trims', ' \u00a0a\n\n\tb\u3000 ', 'a b'],
    ['leaves a sentence end between Arabic words', 'انتهى. وقال', 'انتهى. وقال'],
    ['leaves a dot without tatweel between letters', 'ق.م', 'ق.م'],
    ['gives nothing for marks and blanks only', '\u200f \u064e\u0640', ''],
  ])('%s', (_name, text, expected) => {
    expect(toEmbeddingText(text)).toBe(expected);
  });

  it('is linear in runs of tatweel without a dot', () => {
    expect(toEmbeddingText(`ب${'ـ'.repeat(500_000)}`)).toBe('ب');
  });
});
