import { z } from 'zod';
import { SEARCH_LIMITS } from '../search/search-request.js';
import { describeField } from './describe-field.js';
import { readFields } from './read-fields.js';

/** The body of `POST /v1/analyze`. */
export const analyzeBodySchema = z
  .object({
    text: describeField(z.string(), {
      allowed: 'a string',
      meaning: `What is to be analysed, read as a question is: 1 to ${SEARCH_LIMITS.maxQueryCharacters} characters (UTF-16 code units), at least one letter or digit.`,
    }),
  })
  .meta({ id: 'AnalyzeRequest', description: 'A text that is to be analysed.' });

/**
 * From what came over the wire to the text that is to be analysed. Its length is checked by `analyzeText`.
 * @throws INVALID_REQUEST, UNKNOWN_FIELD (caller)
 */
export function parseAnalyzeBody(body: unknown): string {
  return readFields(body, analyzeBodySchema).text;
}
