import { z } from 'zod';
import type { Language } from '../domain/language.js';
import { invalidEvaluationFile } from './invalid-evaluation-file.js';
import { readJsonLines } from './read-json-lines.js';
import { type ReadTextLines, readTextLines } from './read-text-lines.js';

const filled = z.string('must be a string').regex(/\S/, 'must not be empty');

const archiveQuestion = z.object(
  {
    id: filled,
    language: z.enum(['ar', 'en'], 'must be "ar" or "en"'),
    text: filled,
    answers: z.array(z.object({ article_id: filled, quote: filled }), 'must be a list'),
  },
  { error: 'must be a JSON object' },
);

/** A place that answers a question: words of one of the article's passages, as the article has them. */
export interface QuotedAnswer {
  readonly articleId: string;
  readonly quote: string;
}

/** A question about an archive, with every place that answers it; none when the archive does not answer it. */
export interface ArchiveQuestion {
  readonly id: string;
  readonly language: Language;
  readonly text: string;
  readonly answers: readonly QuotedAnswer[];
}

/**
 * Reads questions from JSON Lines files: `{"id", "language", "text", "answers": [{"article_id", "quote"}]}`.
 * @throws EVALUATION_FOLDER_INVALID (caller) with file, line and problem; also when an id is there twice, and when
 *   no question has an answer
 */
export async function readArchiveQuestions(
  files: readonly string[],
  readLines: ReadTextLines = readTextLines,
): Promise<ArchiveQuestion[]> {
  const questions = new Map<string, ArchiveQuestion>();
  for (const file of files) {
    const before = questions.size;
    for await (const { value, line } of readJsonLines(file, archiveQuestion, readLines)) {
      const { id, language, text } = value;
      if (questions.has(id)) throw invalidEvaluationFile({ file, line, problem: `"${id}" is there twice` });
      const answers = value.answers.map(({ article_id, quote }) => ({ articleId: article_id, quote }));
      questions.set(id, { id, language, text, answers });
    }
    if (questions.size === before) throw invalidEvaluationFile({ file, problem: 'the file has no question' });
  }
  const read = [...questions.values()];
  if (!read.some((question) => question.answers.length > 0)) {
    throw invalidEvaluationFile({ file: files.join(', '), problem: 'no question has an answer' });
  }
  return read;
}
