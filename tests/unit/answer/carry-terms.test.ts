import { describe, expect, test } from 'vitest';
import { carryTerms, leansOnHistory } from '../../../src/answer/carry-terms.js';

describe('a question that leans on what was said before', () => {
  test.each([
    'And in Cairo?',
    'What about the Arabic one?',
    'How about women?',
    'Why?',
    'When was it built?',
    'How long did they stay there?',
    'Is that still true today?',
    'Who was his teacher?',
    'وماذا عن مصر؟',
    'وفي القاهرة؟',
    'ومتى افتُتحت؟',
    'لماذا؟',
    'متى بُني ذلك؟',
    'ومن هو معلمه؟',
    'كم بقوا هناك؟',
    'هل هذا صحيح؟',
  ])('is told: %s', (question) => {
    expect(leansOnHistory(question)).toBe(true);
  });

  test.each([
    'Who built the elephant clock?',
    'Why does honey keep for years without spoiling?',
    'How did Gutenberg lose his workshop to the man who lent him money?',
    'Is it true that icebergs do not raise the sea when they melt?',
    'لماذا تخلو قناة السويس من الأهوسة؟',
    'كيف كانت ساعة الفيل تقيس الوقت؟',
    'ما قصة المراكب التي حُبست داخل القناة بسبب الحرب؟',
    'وصف لي الطبيب بخاخين، فهل يكفيني السريع؟',
  ])('is told from one that stands alone: %s', (question) => {
    expect(leansOnHistory(question)).toBe(false);
  });
});

describe('terms of earlier questions', () => {
  test('are put before a question that leans on them', () => {
    expect(carryTerms('And when?', ['Who built the elephant clock?'])).toBe('built elephant clock And when?');
    expect(carryTerms('وماذا عن مصر؟', ['لماذا تخلو قناة السويس من الأهوسة؟'])).toBe(
      'تخلو قناة السويس الأهوسة وماذا عن مصر؟',
    );
  });

  test('are carried on for as long as questions lean on one another', () => {
    const earlier = ['Who built the elephant clock?', 'How did it tell the time?'];
    expect(carryTerms('And how big was it?', earlier)).toBe(
      'built elephant clock tell time And how big was it?',
    );
  });

  test('are not said twice', () => {
    expect(carryTerms('What about the clock?', ['Who built the elephant clock?'])).toBe(
      'built elephant What about the clock?',
    );
  });

  test('stay away from a question that stands alone, and from the first one', () => {
    const question = 'Why does honey keep for years?';
    expect(carryTerms(question, ['Who built the elephant clock?'])).toBe(question);
    expect(carryTerms('And when?', [])).toBe('And when?');
  });

  test('are few, however long the earlier question was', () => {
    const long = Array.from({ length: 500 }, (_, i) => `word${i}`).join(' ');
    expect(carryTerms('And when?', [`Tell ${long}`]).split(' ').length).toBeLessThan(20);
  });
});
