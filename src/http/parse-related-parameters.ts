import { FihristError } from '../domain/errors.js';
import { LANGUAGES, type Language } from '../domain/language.js';
import { invalidField } from '../search/refuse-field.js';
import type { RelatedRequest } from '../search/related-request.js';
import { SEARCH_DEFAULTS, SEARCH_LIMITS } from '../search/search-request.js';
import { describeValue, quoteValue } from '../text/describe-value.js';

const { minLimit, maxLimit } = SEARCH_LIMITS;

/** What each parameter allows, in words, for messages. */
const ALLOWED = {
  limit: `a whole number from ${minLimit} to ${maxLimit}`,
  languages: '"ar", "en" or "ar,en"',
  same_article: 'true or false',
} as const;

type Parameter = keyof typeof ALLOWED;
const PARAMETERS = Object.keys(ALLOWED);

/**
 * From the part of an address after `?` to what is asked for. Nothing is guessed: what is not known is refused.
 * @throws INVALID_REQUEST, UNKNOWN_FIELD (caller)
 */
export function parseRelatedParameters(query: string): Omit<RelatedRequest, 'passageId'> {
  const given = new URLSearchParams(query);
  for (const name of given.keys()) if (!Object.hasOwn(ALLOWED, name)) throw unknownParameter(name);
  const languages = given.has('languages') ? readLanguages(given.getAll('languages')) : undefined;
  return {
    limit: readLimit(readOnce(given, 'limit')),
    sameArticle: readFlag(readOnce(given, 'same_article')),
    ...(languages === undefined ? {} : { languages }),
  };
}

function readOnce(given: URLSearchParams, name: Parameter): string | null {
  const values = given.getAll(name);
  if (values.length > 1) throw invalid(name, values.join(','));
  return values[0] ?? null;
}

function readLimit(value: string | null): number {
  if (value === null) return SEARCH_DEFAULTS.limit;
  const limit = /^\d+$/.test(value) ? Number(value) : Number.NaN;
  if (limit >= minLimit && limit <= maxLimit) return limit;
  throw invalid('limit', value);
}

function readFlag(value: string | null): boolean {
  if (value === null || value === 'false') return false;
  if (value === 'true') return true;
  throw invalid('same_article', value);
}

/** Each once; a list with commas and the parameter given again are the same. */
function readLanguages(values: readonly string[]): Language[] {
  const codes = values.flatMap((value) => value.split(','));
  const languages = codes.map((code) => {
    const language = LANGUAGES.find((known) => known === code);
    if (language === undefined) throw invalid('languages', code);
    return language;
  });
  return [...new Set(languages)];
}

function invalid(field: Parameter, value: string): FihristError {
  return invalidField(field, ALLOWED[field], value);
}

function unknownParameter(name: string): FihristError {
  return new FihristError(
    'UNKNOWN_FIELD',
    `There is no parameter ${quoteValue(name)}; known parameters: ${PARAMETERS.join(', ')}.`,
    { details: { field: describeValue(name), known: PARAMETERS } },
  );
}
