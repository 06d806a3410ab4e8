import type { z } from 'zod';
import { detectLanguage } from '../text/detect-language.js';
import { parseMatchQuery } from '../text/parse-match-query.js';
import type { analyzeReplySchema } from './analyze-reply-schema.js';
import { checkQuery } from './search-request.js';

/** How a text is matched by words, as JSON: what the HTTP interface replies and `fihrist analyze --json` prints. */
export type AnalyzeReply = z.infer<typeof analyzeReplySchema>;

/**
 * Shows what the words of a text are compared by, read as a question is.
 * @throws QUERY_EMPTY, QUERY_TOO_LONG (caller) with the field `text`
 */
export function analyzeText(text: string): AnalyzeReply {
  const { tokens, phrases } = parseMatchQuery(checkQuery(text, 'text'));
  return {
    language: detectLanguage(text),
    tokens: tokens.map(({ start, end, folded, stem, stopWord }) => ({
      start,
      end,
      text: text.slice(start, end),
      folded,
      stem,
      stop_word: stopWord,
    })),
    phrases: phrases.map((words) => [...words]),
  };
}
