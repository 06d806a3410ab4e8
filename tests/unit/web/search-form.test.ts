import { describe, expect, it } from 'vitest';
import {
  formParameters,
  formProblem,
  hasFilters,
  readSearchForm,
  toSearchRequest,
} from '../../../src/web/search-form.js';

const read = (search: string) => readSearchForm(new URLSearchParams(search));

describe('the search form', () => {
  it('becomes a search for one passage more than the page holds', () => {
    expect(toSearchRequest(read('q=+coffee+&page=3'))).toMatchObject({
      query: 'coffee',
      offset: 20,
      limit: 11,
    });
  });

  it('never asks beyond the last rank', () => {
    expect(toSearchRequest(read('q=coffee&page=100'))).toMatchObject({ offset: 990, limit: 10 });
  });

  it('becomes a search with language, dates, tag and grouping', () => {
    const request = toSearchRequest(read('q=a&lang=ar&from=2020-01-01&to=2021&tag=history&group=article'));
    expect(request).toMatchObject({ languages: ['ar'], groupBy: 'article' });
    expect(request.filters).toMatchObject({ type: 'and', filters: { length: 3 } });
  });

  it('leaves alone what it does not know', () => {
    expect(read('q=a&utm_source=x&lang=fr&page=-1&group=tag')).toEqual(read('q=a'));
    expect(hasFilters(read('q=a&page=2'))).toBe(false);
  });

  it('comes back from its own parameters', () => {
    const form = read('q=ما+هذا%3F&lang=en&from=2020-01-01&tag=a%26b&group=article&page=2');
    const parameters = new URLSearchParams();
    for (const [name, value] of Object.entries(formParameters(form))) {
      if (value !== null) parameters.set(name, String(value));
    }
    expect(readSearchForm(parameters)).toEqual(form);
  });

  it.each([
    ['q=...', 'emptyQuery'],
    [`q=${'a'.repeat(10_001)}`, 'longQuery'],
    ['q=a&from=2020-02-31', 'badDate'],
    ['q=a&to=yesterday', 'badDate'],
    ['q=a&from=2021-01-02&to=2021-01-01', 'datesReversed'],
    ['q=a&page=101', 'lastPage'],
    ['q=a&from=2021-01-01&to=2021-01-01', null],
  ])('says of %.40s that it is %s', (search, problem) => {
    expect(formProblem(read(search))).toBe(problem);
  });
});
