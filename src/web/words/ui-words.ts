import type { Language } from '../../domain/language.js';

/** Every word of the interface, in one language. Functions take numbers, since Arabic counts in six ways. */
export interface UiWords {
  readonly lang: Language;
  readonly dir: 'rtl' | 'ltr';
  /** For Intl: numerals and names of months. */
  readonly locale: string;
  /** The other language, in its own words. */
  readonly otherLanguage: { readonly lang: Language; readonly name: string };
  readonly languages: Readonly<Record<Language, string>>;
  readonly site: {
    readonly name: string;
    readonly skip: string;
    readonly navigation: string;
    readonly search: string;
    readonly ask: string;
    readonly status: string;
    readonly reference: string;
    readonly footer: string;
  };
  readonly search: {
    readonly heading: string;
    readonly lead: string;
    readonly boxLabel: string;
    readonly submit: string;
    readonly shortcut: string;
    readonly filters: string;
    readonly language: string;
    readonly anyLanguage: string;
    readonly from: string;
    readonly to: string;
    readonly tag: string;
    readonly grouped: string;
    readonly clearFilters: string;
    readonly samples: Readonly<Record<Language, string>>;
    readonly samplesHeading: string;
    readonly resultsTitle: string;
    readonly searchedIn: (passages: number) => string;
    readonly took: (seconds: string) => string;
    readonly noAnswer: string;
    readonly noAnswerBelow: string;
    readonly nothingFound: string;
    readonly nothingFoundHint: string;
    readonly noMore: string;
    readonly untitled: string;
    readonly related: string;
    readonly fromArticle: string;
    readonly morePassages: (count: number) => string;
    readonly askThis: string;
    readonly pages: string;
    readonly previous: string;
    readonly next: string;
    readonly page: (number: string) => string;
    readonly emptyQuery: string;
    readonly longQuery: (limit: string) => string;
    readonly badDate: string;
    readonly datesReversed: string;
    readonly lastPage: string;
    readonly result: (number: string) => string;
  };
  readonly chat: {
    readonly title: string;
    readonly heading: string;
    readonly lead: string;
    readonly followUp: string;
    readonly submit: string;
    readonly anew: string;
    readonly searching: string;
    readonly answered: string;
    readonly sources: string;
    readonly nearest: string;
    readonly source: (number: string) => string;
    readonly failed: string;
  };
  readonly article: {
    readonly published: string;
    readonly source: string;
    readonly tags: string;
    readonly back: string;
    readonly relatedHeading: string;
    readonly relatedEmpty: string;
    readonly relatedWait: string;
    readonly sameStory: string;
    readonly showRelated: string;
    readonly passageOf: (number: string, total: string) => string;
  };
  readonly status: {
    readonly heading: string;
    readonly ready: string;
    readonly notReady: string;
    readonly articles: string;
    readonly passages: string;
    readonly generation: string;
    readonly model: string;
    readonly size: string;
    readonly version: string;
    readonly uptime: string;
    readonly latency: string;
    readonly latencyNone: string;
    readonly latencyFigures: (median: string, slowest: string, count: string) => string;
    readonly load: string;
    readonly loadFigures: (total: string, busiest: string) => string;
    readonly indexing: string;
    readonly indexingProgress: (done: string, total: string) => string;
    readonly idle: string;
    readonly refreshes: string;
    readonly milliseconds: (value: string) => string;
  };
  readonly errors: {
    readonly notFound: string;
    readonly notFoundText: string;
    readonly notReady: string;
    readonly notReadyText: string;
    readonly refused: string;
    readonly refusedText: string;
    readonly failed: string;
    readonly failedText: string;
    readonly code: string;
    readonly home: string;
  };
}
