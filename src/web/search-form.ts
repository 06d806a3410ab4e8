import { FihristError } from '../domain/errors.js';
import type { Language } from '../domain/language.js';
import { readSearchFilter } from '../search/read-search-filter.js';
import { checkQuery, SEARCH_DEFAULTS, SEARCH_LIMITS, type SearchRequest } from '../search/search-request.js';
import { readIsoDate } from '../text/read-iso-date.js';

/** Hits on a page of results. */
export const PAGE_HITS = 10;
export const MAX_PAGES = SEARCH_LIMITS.maxDepth / PAGE_HITS;

/** What the search form says, as it was sent; empty strings where nothing was. */
export interface SearchForm {
  readonly query: string;
  readonly language: Language | null;
  readonly from: string;
  readonly to: string;
  readonly tag: string;
  /** One passage per article. */
  readonly grouped: boolean;
  /** From 1. */
  readonly page: number;
}

/** Which of the words about problems fits. */
export type FormProblem = 'emptyQuery' | 'longQuery' | 'badDate' | 'datesReversed' | 'lastPage';

/** Parameters that are not known are left alone: addresses get all kinds of them on their way through the world. */
export function readSearchForm(parameters: URLSearchParams): SearchForm {
  const language = parameters.get('lang');
  const page = parameters.get('page') ?? '1';
  return {
    query: (parameters.get('q') ?? '').trim(),
    language: language === 'ar' || language === 'en' ? language : null,
    from: (parameters.get('from') ?? '').trim(),
    to: (parameters.get('to') ?? '').trim(),
    tag: (parameters.get('tag') ?? '').trim(),
    grouped: parameters.get('group') === 'article',
    page: /^[1-9]\d{0,5}$/.test(page) ? Number(page) : 1,
  };
}

export function hasFilters({ language, from, to, tag, grouped }: SearchForm): boolean {
  return language !== null || from !== '' || to !== '' || tag !== '' || grouped;
}

/** The form as the parameters of an address, what is not set left out. */
export function formParameters(form: SearchForm): Record<string, string | number | null> {
  return {
    q: form.query,
    lang: form.language,
    from: form.from,
    to: form.to,
    tag: form.tag,
    group: form.grouped ? 'article' : null,
    page: form.page === 1 ? null : form.page,
  };
}

/** What keeps the form from being searched with, or null. */
export function formProblem({ query, from, to, page }: SearchForm): FormProblem | null {
  try {
    checkQuery(query);
  } catch (error) {
    if (!(error instanceof FihristError)) throw error;
    return error.code === 'QUERY_TOO_LONG' ? 'longQuery' : 'emptyQuery';
  }
  const [first, last] = [readIsoDate(from), readIsoDate(to)];
  if ((from !== '' && first === null) || (to !== '' && last === null)) return 'badDate';
  if (first !== null && last !== null && first.startMs >= last.endMs) return 'datesReversed';
  return page > MAX_PAGES ? 'lastPage' : null;
}

/** One hit more than a page holds is asked for, where that can be, to know whether there is a next page. */
export function toSearchRequest(form: SearchForm): SearchRequest {
  const offset = (form.page - 1) * PAGE_HITS;
  const conditions = [
    ...(form.from === '' ? [] : [{ type: 'gte', key: 'published_at', value: form.from }]),
    ...(form.to === '' ? [] : [{ type: 'lte', key: 'published_at', value: form.to }]),
    ...(form.tag === '' ? [] : [{ type: 'eq', key: 'tags', value: form.tag }]),
  ];
  return {
    ...SEARCH_DEFAULTS,
    query: form.query,
    offset,
    limit: Math.min(PAGE_HITS + 1, SEARCH_LIMITS.maxDepth - offset),
    ...(form.language === null ? {} : { languages: [form.language] }),
    ...(form.grouped ? { groupBy: 'article' as const } : {}),
    ...(conditions.length === 0
      ? {}
      : { filters: readSearchFilter({ type: 'and', filters: conditions }, 'filters') }),
  };
}
