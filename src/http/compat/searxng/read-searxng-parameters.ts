import { z } from 'zod';
import { checkQuery, SEARCH_DEFAULTS, type SearchRequest } from '../../../search/search-request.js';
import { describeField } from '../../describe-field.js';
import { readParameters } from '../../read-parameters.js';

const PAGE_SIZE = SEARCH_DEFAULTS.limit;
/** The last page that lies within what a search can be asked for. */
const LAST_PAGE = 100;

/** What metasearch has, and an archive has not. Clients send them unasked, so they change nothing. */
const UNUSED = [
  'categories',
  'engines',
  'language',
  'time_range',
  'safesearch',
  'autocomplete',
  'image_proxy',
  'results_on_new_tab',
  'theme',
  'enabled_plugins',
  'disabled_plugins',
  'enabled_engines',
  'disabled_engines',
  'site',
] as const;

const unused = Object.fromEntries(
  UNUSED.map((name) => [
    name,
    describeField(z.string().optional(), { allowed: 'given once', meaning: 'Changes nothing.' }),
  ]),
) as Record<(typeof UNUSED)[number], z.ZodOptional<z.ZodString>>;

/** The parameters of `GET /search`. */
export const searxngParametersSchema = z.object({
  q: describeField(z.string(), { allowed: 'a question', meaning: 'The question.' }),
  format: describeField(z.literal('json'), {
    allowed: '"json"',
    meaning: 'How the reply is written; there is no other way.',
  }),
  pageno: describeField(z.int().min(1).max(LAST_PAGE).default(1), {
    allowed: `a whole number from 1 to ${LAST_PAGE}`,
    meaning: `Which page of ${PAGE_SIZE} results is wanted.`,
  }),
  ...unused,
});

/**
 * One hit an article, since what a link leads to is read once.
 * @throws INVALID_REQUEST, UNKNOWN_FIELD, QUERY_EMPTY, QUERY_TOO_LONG (caller)
 */
export function readSearxngParameters(search: string): SearchRequest {
  const { q, pageno } = readParameters(search, searxngParametersSchema);
  return {
    ...SEARCH_DEFAULTS,
    query: checkQuery(q, 'q'),
    limit: PAGE_SIZE,
    offset: (pageno - 1) * PAGE_SIZE,
    groupBy: 'article',
  };
}
