import { describe, expect, test } from 'vitest';
import { parseRelatedParameters } from '../../../src/http/parse-related-parameters.js';

describe('parseRelatedParameters', () => {
  test('fills in the defaults', () => {
    expect(parseRelatedParameters('')).toEqual({ limit: 10, sameArticle: false });
  });

  test.each([
    ['limit=1&same_article=true', { limit: 1, sameArticle: true }],
    ['limit=100&same_article=false', { limit: 100, sameArticle: false }],
    ['languages=en,ar,en', { limit: 10, sameArticle: false, languages: ['en', 'ar'] }],
    ['languages=en&languages=ar', { limit: 10, sameArticle: false, languages: ['en', 'ar'] }],
    ['languages=ar%2Cen', { limit: 10, sameArticle: false, languages: ['ar', 'en'] }],
  ])('takes %s', (query, parameters) => {
    expect(parseRelatedParameters(query)).toEqual(parameters);
  });

  const wholeNumber = 'a whole number from 1 to 100';
  const languages = '"ar", "en" or "ar,en"';
  test.each([
    ['limit=0', 'limit', wholeNumber, '0'],
    ['limit=101', 'limit', wholeNumber, '101'],
    ['limit=1e2', 'limit', wholeNumber, '1e2'],
    ['limit=', 'limit', wholeNumber, ''],
    ['limit=-1', 'limit', wholeNumber, '-1'],
    ['limit=%2B5', 'limit', wholeNumber, '+5'],
    ['limit=%zz', 'limit', wholeNumber, '%zz'],
    ['limit=1&limit=2', 'limit', wholeNumber, '1,2'],
    ['languages=', 'languages', languages, ''],
    ['languages=ar,fr', 'languages', languages, 'fr'],
    ['languages=ar,', 'languages', languages, ''],
    ['same_article', 'same_article', 'true or false', ''],
    ['same_article=1', 'same_article', 'true or false', '1'],
  ])('refuses %s, naming field, what is allowed and value', (query, field, allowed, value) => {
    expect(() => parseRelatedParameters(query)).toThrow(
      expect.objectContaining({
        code: 'INVALID_REQUEST',
        message: `${field} must be ${allowed}, not ${JSON.stringify(value)}.`,
        details: { field, allowed, value },
      }),
    );
  });

  test.each(['offset', 'Limit', '__proto__', 'toString', ''])(
    'refuses the unknown parameter "%s"',
    (name) => {
      expect(() => parseRelatedParameters(`limit=3&${name}=1`)).toThrow(
        expect.objectContaining({
          code: 'UNKNOWN_FIELD',
          message: `There is no parameter "${name}"; known parameters: limit, languages, same_article.`,
          details: { field: name, known: ['limit', 'languages', 'same_article'] },
        }),
      );
    },
  );
});
