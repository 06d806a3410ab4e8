import { describe, expect, it } from 'vitest';
import { isolateRuns } from '../../../../src/web/html/isolate-runs.js';

describe('isolateRuns', () => {
  it.each([
    ['أسس Johannes Gutenberg مطبعة.', 'أسس <bdi>Johannes Gutenberg</bdi> مطبعة.'],
    ['لغة C++، ثم (Rust).', 'لغة <bdi>C++</bdi>، ثم (<bdi>Rust</bdi>).'],
    ['انظر https://example.org/a?b=1.', 'انظر <bdi>https://example.org/a?b=1</bdi>.'],
    ['اتصل على +966 11 123 4567 اليوم', 'اتصل على <bdi>+966 11 123 4567</bdi> اليوم'],
    ['في 2024-03-01 بنسبة 12.5% تقريبًا', 'في <bdi>2024-03-01</bdi> بنسبة <bdi>12.5%</bdi> تقريبًا'],
    ['عام 1206 للميلاد', 'عام 1206 للميلاد'],
    ['من 1939-1945', 'من 1939-1945'],
  ])('in Arabic: %s', (text, isolated) => {
    expect(isolateRuns(text, 'rtl').toString()).toBe(isolated);
  });

  it.each([
    ['The book الجامع بين العلم was finished.', 'The book <bdi>الجامع بين العلم</bdi> was finished.'],
    ['Nothing else (at all).', 'Nothing else (at all).'],
  ])('in English: %s', (text, isolated) => {
    expect(isolateRuns(text, 'ltr').toString()).toBe(isolated);
  });

  it('takes no longer for hostile texts than for others', () => {
    const startedAt = performance.now();
    for (const text of [
      'a'.repeat(50_000),
      'a.'.repeat(25_000),
      'http://'.repeat(7_000),
      '+1 '.repeat(16_000),
    ]) {
      isolateRuns(text, 'rtl');
    }
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });
});
