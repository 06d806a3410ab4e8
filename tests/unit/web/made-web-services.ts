import type { AnswerEvent } from '../../../src/answer/answer.js';
import { answerQuestion } from '../../../src/answer/answer-question.js';
import { RecentSearches } from '../../../src/web/recent-searches.js';
import type { WebServices } from '../../../src/web/web-services.js';
import { sampleArticle, sampleRelated, sampleResult } from '../http/sample-archive.js';

/** What the pages need, with one article and one answer in it. */
export function madeWebServices(overrides: Partial<WebServices> = {}): WebServices {
  const search = overrides.search ?? (async () => sampleResult);
  return {
    search,
    answer: (request, access): AsyncIterable<AnswerEvent> =>
      answerQuestion(
        {
          search: (asked, signal) => search(asked, { ...access, signal }),
          chatModel: null,
          onModelFailure: () => {},
        },
        request,
        access.signal,
      ),
    related: async () => sampleRelated,
    article: async (id) => (id === sampleArticle.id ? sampleArticle : null),
    readiness: () => ({ ready: true, indexing: null }),
    archiveFigures: async () => ({
      articles: 2,
      passages: 3,
      passagesByLanguage: { ar: 2, en: 1 },
      generation: 7,
      sizeBytes: 9_900_000,
      modelName: 'fake-model',
      editions: [],
    }),
    tasks: () => null,
    searches: new RecentSearches(),
    readers: { readerOf: async () => ({ kind: 'open' }), signIn: async () => {}, signOut: () => {} },
    sampleQuestions: async () => ({ ar: ['لماذا ننام؟'], en: ['Why do we sleep?'] }),
    assets: {
      place: (name) => `/assets/0/${name}`,
      files: new Map([['0/site.css', { mediaType: 'text/css; charset=utf-8', bytes: Buffer.from('p{}') }]]),
    },
    version: '1.2.3',
    ...overrides,
  };
}
