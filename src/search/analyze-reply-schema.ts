import { z } from 'zod';
import { languageSchema, spanSchema } from './search-reply-schema.js';

const analyzedTokenSchema = z
  .object({
    ...spanSchema.shape,
    text: z.string().describe('The word as its author spelled it: `text.slice(start, end)` of the request.'),
    folded: z
      .string()
      .describe('Without vowels, accents and letter forms: what a quoted phrase is compared by.'),
    stem: z.string().describe('Also without attached letters and endings: what a word is found by.'),
    stop_word: z.boolean().describe('Whether nothing is found by it outside quotes.'),
  })
  .meta({ id: 'AnalyzedToken', description: 'A word, and what it is compared by.' });

/** How a text is matched by words: what the HTTP interface replies and `fihrist analyze --json` prints. */
export const analyzeReplySchema = z
  .object({
    language: languageSchema.describe('Language that the text was taken to be in.'),
    tokens: z.array(analyzedTokenSchema).describe('The words, in order.'),
    phrases: z
      .array(z.array(z.string()))
      .describe('The quoted phrases, each as its folded words, which must stand next to each other.'),
  })
  .meta({ id: 'AnalyzeReply', description: 'What the words of a text are compared by.' });
