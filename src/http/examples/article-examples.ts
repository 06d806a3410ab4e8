import type { Route } from '../route.js';

/** Articles of the sample archive. */
export const ARTICLE_EXAMPLES: Route['examples'] = {
  arabic: {
    summary: 'An article in Arabic (of its passages only the first is shown here)',
    path: {
      id: 'al-jazari-ar',
    },
    reply: {
      id: 'al-jazari-ar',
      title: 'الجزري: مهندس الساعات والآلات العجيبة',
      url: 'https://archive.fihrist.example/ar/al-jazari',
      language: 'ar',
      dir: 'rtl',
      published_at: '2021-11-08',
      tags: ['technology', 'history'],
      source: 'corpus',
      updated_at: '2026-01-31T08:00:00.000Z',
      passages: [
        {
          id: 'al-jazari-ar:61e0dd0224',
          text: 'في مدينة آمد، وهي ديار بكر اليوم، عاش بديع الزمان أبو العز بن إسماعيل بن الرزاز الجزري مهندسًا في بلاط الأراتقة. وقد ذكر أنه خدم ثلاثة من ملوكهم نحو خمس وعشرين سنة، وأن الملك الصالح ناصر الدين محمود طلب منه أن يدوّن ما اخترعه كي لا يضيع. فأتمّ عام 1206 للميلاد كتابه «الجامع بين العلم والعمل النافع في صناعة الحيل».',
          language: 'ar',
          dir: 'rtl',
          sentences: [
            {
              start: 0,
              end: 112,
            },
            {
              start: 113,
              end: 237,
            },
            {
              start: 238,
              end: 315,
            },
          ],
        },
      ],
    },
  },
};
