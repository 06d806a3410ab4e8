import { type SearchOutcome, searchPage } from '../pages/search-page.js';
import { pageShell } from '../parts/page-shell.js';
import { formProblem, readSearchForm, type SearchForm, toSearchRequest } from '../search-form.js';
import { sendPage } from '../send-page.js';
import { readUiContext } from '../ui-context.js';
import type { WebCall, WebPage } from '../web-page.js';
import type { WebServices } from '../web-services.js';

type SearchServices = Pick<WebServices, 'search' | 'sampleQuestions' | 'assets'>;

/** The page that everything begins with. */
export function searchRoute(services: SearchServices): WebPage {
  return {
    method: 'get',
    path: '/',
    name: 'searchPage',
    summary: 'Search, for people',
    scope: 'search',
    lane: 'search',
    errors: ['NOT_READY', 'WORKER_STOPPED', 'EMBEDDING_FAILED'],
    handle: async ({ req, res, search, access, isSignedIn, startedAt }) => {
      const ui = readUiContext(req, '/', search);
      const form = readSearchForm(ui.parameters);
      const outcome = await find(services, form, { access, startedAt });
      const main = searchPage(ui, form, outcome);
      const page = pageShell(ui, services, {
        title: form.query === '' ? null : form.query,
        current: 'search',
        kind: 'search',
        main,
        isSignedIn,
      });
      sendPage(res, outcome.kind === 'problem' ? 400 : 200, page);
    },
  };
}

async function find(
  services: SearchServices,
  form: SearchForm,
  { access, startedAt }: Pick<WebCall, 'access' | 'startedAt'>,
): Promise<SearchOutcome> {
  if (form.query === '') return { kind: 'nothing-asked', samples: await services.sampleQuestions(access) };
  const problem = formProblem(form);
  if (problem !== null) return { kind: 'problem', problem };
  const request = toSearchRequest(form);
  const result = await access.watch(request, (stages) => services.search(request, { ...access, stages }));
  return {
    kind: 'found',
    result,
    tookMs: performance.now() - startedAt,
  };
}
