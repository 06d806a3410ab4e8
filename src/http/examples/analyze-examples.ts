import type { Route } from '../route.js';

/** Words of a text. */
export const ANALYZE_EXAMPLES: Route['examples'] = {
  phrase: {
    summary: 'Words in quotes',
    body: {
      text: 'في «المدرسة القديمة»',
    },
    reply: {
      language: 'ar',
      tokens: [
        {
          start: 0,
          end: 2,
          text: 'في',
          folded: 'في',
          stem: 'في',
          stop_word: true,
        },
        {
          start: 4,
          end: 11,
          text: 'المدرسة',
          folded: 'المدرسه',
          stem: 'مدرس',
          stop_word: false,
        },
        {
          start: 12,
          end: 19,
          text: 'القديمة',
          folded: 'القديمه',
          stem: 'قديم',
          stop_word: false,
        },
      ],
      phrases: [['المدرسه', 'القديمه']],
    },
  },
};
