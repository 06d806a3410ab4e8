import type { Route } from '../route.js';

/** Passages of the sample archive; scores are cut to four digits. */
export const RELATED_EXAMPLES: Route['examples'] = {
  other_language: {
    summary: 'The nearest passage in Arabic',
    path: {
      id: 'suez-canal-en:3e9dc22d7f',
    },
    query: {
      limit: 1,
      languages: ['ar'],
    },
    reply: {
      passage_id: 'suez-canal-en:3e9dc22d7f',
      hits: [
        {
          id: 'suez-canal-ar:167800a507',
          article_id: 'suez-canal-ar',
          title: 'قناة السويس: شريان بين بحرين',
          url: 'https://archive.fihrist.example/ar/suez-canal',
          language: 'ar',
          dir: 'rtl',
          text: 'يمر بالقناة نحو 12 في المئة من تجارة العالم، ورسومها من أهم مصادر العملة الصعبة في مصر. وفي أغسطس 2015 افتُتحت تفريعة جديدة طولها 35 كيلومترًا تتيح سير السفن في الاتجاهين في جزء من الطريق. وفي مارس 2021 جنحت سفينة الحاويات «إيفر غيفن» فسدّت المجرى ستة أيام، ثم دفعت الهجمات في البحر الأحمر منذ أواخر 2023 شركات كثيرة إلى تحويل سفنها نحو إفريقيا فتراجعت الإيرادات.',
          score: 0.7806,
          best_sentence: {
            start: 189,
            end: 363,
          },
          highlights: [],
          published_at: '2024-03-11',
          same_story: true,
        },
      ],
      took_ms: 2.9,
      index_generation: 49,
      model_fingerprint: 'fihrist-e5-small@d445c6176bdc90d2',
    },
  },
};
