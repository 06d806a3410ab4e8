import type { SearchResult } from '../../search/search-passages.js';
import { SEARCH_LIMITS } from '../../search/search-request.js';
import { type Html, html } from '../html/html.js';
import { textDirection } from '../html/text-direction.js';
import { hitEntry } from '../parts/hit-entry.js';
import { sampleColumns } from '../parts/sample-columns.js';
import { searchBox } from '../parts/search-box.js';
import type { SampleQuestions } from '../sample-questions.js';
import {
  type FormProblem,
  formParameters,
  hasFilters,
  MAX_PAGES,
  PAGE_HITS,
  type SearchForm,
} from '../search-form.js';
import { linkTo, type UiContext } from '../ui-context.js';
import { formatNumber } from '../words/format-values.js';

/** What there is to show under the search box. */
export type SearchOutcome =
  | { readonly kind: 'nothing-asked'; readonly samples: SampleQuestions }
  | { readonly kind: 'problem'; readonly problem: FormProblem }
  | {
      readonly kind: 'found';
      readonly result: SearchResult;
      readonly tookMs: number;
    };

/** The main part of the page at `/`. */
export function searchPage(ui: UiContext, form: SearchForm, outcome: SearchOutcome): Html {
  const { search } = ui.words;
  if (outcome.kind === 'nothing-asked') {
    return html`<div class="welcome">
<h1>${search.heading}</h1>
<p class="lead">${search.lead}</p>
${searchBox(ui, form, null)}
${sampleColumns(ui, outcome.samples, '/')}
</div>`;
  }
  if (outcome.kind === 'problem') {
    return html`<h1 class="visually-hidden">${search.resultsTitle}</h1>
${searchBox(ui, form, problemWords(ui, outcome.problem))}`;
  }
  const { lang, dir } = textDirection(form.query);
  return html`<h1 class="visually-hidden">${search.resultsTitle}: <bdi lang="${lang}" dir="${dir}">${form.query}</bdi></h1>
${searchBox(ui, form, null)}
${foundPassages(ui, form, outcome)}`;
}

function problemWords({ words }: UiContext, problem: FormProblem): string {
  return problem === 'longQuery'
    ? words.search.longQuery(formatNumber(words, SEARCH_LIMITS.maxQueryCharacters))
    : words.search[problem];
}

function foundPassages(
  ui: UiContext,
  form: SearchForm,
  { result, tookMs }: Extract<SearchOutcome, { kind: 'found' }>,
): Html {
  const { words } = ui;
  const { search } = words;
  const firstRank = (form.page - 1) * PAGE_HITS + 1;
  const shown = result.hits.slice(0, PAGE_HITS);
  // What was asked before takes no time that two decimals could show.
  const took = search.took(formatNumber(words, Math.max(0.01, tookMs / 1000), 2));
  return html`<section class="results" aria-label="${search.resultsTitle}">
<p class="summary" role="status">${search.searchedIn(result.total)} ${took}</p>
<p class="ask-this"><a href="${linkTo(ui, '/chat', { q: form.query })}">${search.askThis}</a></p>
${notice(ui, form, result)}
<ol class="entries" role="list" start="${firstRank}">
${shown.map((hit, i) => html`${hitEntry(ui, { hit, rank: firstRank + i, question: form.query })}\n`)}</ol>
${pager(ui, form, result.hits.length > PAGE_HITS)}
</section>`;
}

/** What has to be said before the hits: that there are none, or that none of them seems to answer. */
function notice(ui: UiContext, form: SearchForm, result: SearchResult): Html | null {
  const { search } = ui.words;
  if (result.hits.length === 0) {
    const [text, hint] =
      form.page > 1
        ? [search.noMore, null]
        : [search.nothingFound, hasFilters(form) ? search.nothingFoundHint : null];
    return html`<div class="notice"><p class="notice-main">${text}</p>${hint !== null && html`<p>${hint}</p>`}
${hasFilters(form) && html`<p><a href="${linkTo(ui, '/', { q: form.query })}">${search.clearFilters}</a></p>`}</div>`;
  }
  if (result.answerability?.answerable !== false || form.page > 1) return null;
  return html`<div class="notice"><p class="notice-main">${search.noAnswer}</p><p>${search.noAnswerBelow}</p></div>`;
}

function pager(ui: UiContext, form: SearchForm, hasNext: boolean): Html | null {
  const { words } = ui;
  const { search } = words;
  const canGoOn = hasNext && form.page < MAX_PAGES;
  if (form.page === 1 && !canGoOn) return null;
  const to = (page: number) => linkTo(ui, '/', formParameters({ ...form, page }));
  return html`<nav class="pager" aria-label="${search.pages}">
${form.page > 1 && html`<a rel="prev" href="${to(form.page - 1)}">${search.previous}</a>`}
<span aria-current="page">${search.page(formatNumber(words, form.page))}</span>
${canGoOn && html`<a rel="next" href="${to(form.page + 1)}">${search.next}</a>`}
</nav>`;
}
