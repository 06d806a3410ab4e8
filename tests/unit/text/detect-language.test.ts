import { describe, expect, it } from 'vitest';
import { detectLanguage } from '../../../src/text/detect-language.js';

describe('detectLanguage', () => {
  it.each([
    ['ar', 'قالت الوكالة إن السفينة وصلت'],
    ['en', 'The ship has arrived'],
    ['ar', 'استخدم المهندسون لغة TypeScript في كتابة البرنامج كله'],
    ['en', 'The word سلام is often translated as peace'],
    ['ar', 'یہ اردو ہے'],
    ['en', ''],
    ['en', '2021 – 15%'],
    ['en', 'اب ab'],
    ['en', 'َُِّْـــ، a'],
    ['ar', 'ﻻ ﷲ'],
    ['en', 'это русский'],
  ] as const)('gives %s for "%s"', (language, text) => {
    expect(detectLanguage(text)).toBe(language);
  });

  it('judges a long text by slices from all of it', () => {
    expect(detectLanguage(`${'title '.repeat(300)}${'كلمة '.repeat(200_000)}`)).toBe('ar');
  });
});
