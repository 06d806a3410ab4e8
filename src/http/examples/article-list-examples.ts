import type { Route } from '../route.js';

/** Lists of the sample archive. */
export const ARTICLE_LIST_EXAMPLES: Route['examples'] = {
  narrowed: {
    summary: 'Articles in English with a tag, published since 2025',
    query: { language: 'en', tag: 'science', published_from: '2025', limit: 1 },
    reply: {
      articles: [
        {
          id: 'ai-history-en',
          title: 'A Short History of Artificial Intelligence',
          url: 'https://archive.fihrist.example/en/ai-history',
          language: 'en',
          dir: 'ltr',
          published_at: '2025-10-06',
          tags: ['technology', 'science', 'history'],
          source: 'corpus',
          updated_at: '2026-01-31T08:00:00.000Z',
          passage_count: 6,
        },
      ],
      next_cursor: 'YWktaGlzdG9yeS1lbg',
    },
  },
  first_page: { summary: 'The first page of all articles' },
};
