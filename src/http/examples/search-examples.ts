import type { Route } from '../route.js';

/** Searches of the sample archive; scores are cut to four digits. */
export const SEARCH_EXAMPLES: Route['examples'] = {
  arabic: {
    summary: 'A question in Arabic',
    body: {
      query: 'لماذا يجب أن ننام قبل الامتحان؟',
      limit: 1,
    },
    reply: {
      hits: [
        {
          id: 'sleep-memory-en:7fec0a4773',
          article_id: 'sleep-memory-en',
          title: 'What the Sleeping Brain Remembers',
          url: 'https://archive.fihrist.example/en/sleep-memory',
          language: 'en',
          dir: 'ltr',
          text: 'What does this mean for students? Adults need at least seven hours a night and teenagers eight to ten. Studying until dawn robs the brain of the very hours in which it would file what was learned; spreading the work over several evenings is wiser. Caffeine blocks the signal of adenosine, the substance that makes us sleepy, and half of it is still in the blood about five hours after the cup. Even a short nap after a lesson helps.',
          score: 0.481,
          best_sentence: {
            start: 103,
            end: 247,
          },
          highlights: [],
          published_at: '2026-01-19',
        },
      ],
      total: 287,
      query_language: 'ar',
      answerable: true,
      answer_probability: 0.7237,
      took_ms: 11.4,
      index_generation: 49,
      model_fingerprint: 'fihrist-e5-small@d445c6176bdc90d2',
    },
  },
  one_language: {
    summary: 'A question in English, answers in Arabic',
    body: {
      query: 'How did the elephant clock keep time?',
      languages: ['ar'],
      limit: 1,
    },
    reply: {
      hits: [
        {
          id: 'al-jazari-ar:7dd05d1ff4',
          article_id: 'al-jazari-ar',
          title: 'الجزري: مهندس الساعات والآلات العجيبة',
          url: 'https://archive.fihrist.example/ar/al-jazari',
          language: 'ar',
          dir: 'rtl',
          text: 'وأشهر ما فيه ساعة الفيل. ففي جوف الفيل حوض ماء تطفو فيه طاسة مثقوبة تمتلئ شيئًا فشيئًا، فإذا غاصت بعد نصف ساعة شدّت حبالًا تحرّك كرة معدنية، فيصفر الطائر في الأعلى ويدور، وتسقط الكرة من فم صقر إلى فم تنين، ثم يضرب سائس الفيل بمطرقته. وقد جمع الجزري فيها رموزًا من حضارات عدة: فيلًا هنديًا وتنانين صينية وطائرًا يذكّر بعنقاء مصر.',
          score: 0.4924,
          best_sentence: {
            start: 0,
            end: 24,
          },
          highlights: [],
          published_at: '2021-11-08',
        },
      ],
      total: 143,
      query_language: 'en',
      answerable: true,
      answer_probability: 0.4524,
      took_ms: 11.4,
      index_generation: 49,
      model_fingerprint: 'fihrist-e5-small@d445c6176bdc90d2',
    },
  },
  filters: {
    summary: 'One hit an article, from what was published since 2020 and tagged',
    body: {
      query: 'machines driven by water',
      filters: {
        type: 'and',
        filters: [
          {
            type: 'gte',
            key: 'published_at',
            value: '2020',
          },
          {
            type: 'in',
            key: 'tags',
            value: ['technology', 'history'],
          },
        ],
      },
      group_by: 'article',
      limit: 1,
    },
    reply: {
      hits: [
        {
          id: 'al-jazari-ar:0d6fb6ec78',
          article_id: 'al-jazari-ar',
          title: 'الجزري: مهندس الساعات والآلات العجيبة',
          url: 'https://archive.fihrist.example/ar/al-jazari',
          language: 'ar',
          dir: 'rtl',
          text: 'وفي باب رفع الماء خمس آلات تخدم الزراعة والبيوت. وأهمها مضخة ذات أسطوانتين متقابلتين تعملان بالتناوب: حين يسحب أحد المكبسين الماء يدفعه الآخر إلى أعلى. وفي هذا الباب استعمل الجزري عمودًا مرفقيًا يحوّل الدوران إلى حركة ترددية، وهو المبدأ الذي قامت عليه بعد قرون محركات البخار والسيارات.',
          score: 0.5668,
          best_sentence: {
            start: 49,
            end: 151,
          },
          highlights: [],
          published_at: '2021-11-08',
          group: {
            count: 5,
            others: [
              {
                id: 'al-jazari-ar:ec64d2028e',
                score: 0.4809,
              },
              {
                id: 'al-jazari-ar:7dd05d1ff4',
                score: 0.3974,
              },
              {
                id: 'al-jazari-ar:2ee265f137',
                score: 0.3835,
              },
            ],
          },
        },
      ],
      total: 185,
      query_language: 'en',
      answerable: true,
      answer_probability: 0.8617,
      took_ms: 11.4,
      index_generation: 49,
      model_fingerprint: 'fihrist-e5-small@d445c6176bdc90d2',
    },
  },
  explain: {
    summary: 'A phrase in quotes, and what the score is made of',
    body: {
      query: 'When did the "Suez Canal" open?',
      languages: ['en'],
      explain: true,
      limit: 1,
    },
    reply: {
      hits: [
        {
          id: 'suez-canal-en:896b0a1da1',
          article_id: 'suez-canal-en',
          title: 'The Suez Canal: A Shortcut Worth Fighting Over',
          url: 'https://archive.fihrist.example/en/suez-canal',
          language: 'en',
          dir: 'ltr',
          text: 'The work took ten years. In the early stages tens of thousands of Egyptian peasants were pressed into service with picks and baskets, and many died; later, steam dredgers finished the job. The waterway opened on 17 November 1869 with a lavish celebration hosted by Khedive Ismail, and the French Empress Eugénie led the procession aboard her yacht. It needs no locks, because the two seas stand at almost the same level.',
          score: 0.6015,
          best_sentence: {
            start: 189,
            end: 348,
          },
          highlights: [
            {
              start: 202,
              end: 208,
            },
          ],
          published_at: '2024-04-02',
          explanation: {
            found_by: ['dense', 'keyword'],
            features: [
              {
                name: 'passage',
                value: 0.5196,
                weight: 0.4196,
                share: 0.218,
              },
              {
                name: 'sentence',
                value: 0.5402,
                weight: 0.2797,
                share: 0.1511,
              },
              {
                name: 'title',
                value: 0.4319,
                weight: 0.0699,
                share: 0.0302,
              },
              {
                name: 'words',
                value: 1.2142,
                weight: 0.1538,
                share: 0.1868,
              },
              {
                name: 'grams',
                value: 0,
                weight: 0.0769,
                share: 0,
              },
              {
                name: 'phrases',
                value: 1,
                weight: 0.0154,
                share: 0.0154,
              },
            ],
            query_tokens: [
              {
                text: 'When',
                stem: 'when',
                stop_word: true,
              },
              {
                text: 'did',
                stem: 'did',
                stop_word: true,
              },
              {
                text: 'the',
                stem: 'the',
                stop_word: true,
              },
              {
                text: 'Suez',
                stem: 'suez',
                stop_word: false,
              },
              {
                text: 'Canal',
                stem: 'canal',
                stop_word: false,
              },
              {
                text: 'open',
                stem: 'open',
                stop_word: false,
              },
            ],
          },
        },
      ],
      total: 144,
      query_language: 'en',
      answerable: true,
      answer_probability: 0.7974,
      took_ms: 11.4,
      index_generation: 49,
      model_fingerprint: 'fihrist-e5-small@d445c6176bdc90d2',
    },
  },
};
