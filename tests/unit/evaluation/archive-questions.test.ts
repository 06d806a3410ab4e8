import { describe, expect, it } from 'vitest';
import { readArchiveQuestions } from '../../../src/evaluation/archive-questions.js';
import { linesInMemory } from './lines-in-memory.js';

const answerable = {
  id: 'q1',
  language: 'ar',
  text: 'متى؟',
  answers: [{ article_id: 'canal-en', quote: 'in 1869' }],
};
const unanswerable = { id: 'q2', language: 'en', text: 'Why?', answers: [] };
const jsonLines = (...records: unknown[]) => records.map((record) => JSON.stringify(record)).join('\n');

describe('readArchiveQuestions', () => {
  it('reads several files as one list', async () => {
    const readLines = linesInMemory({ a: jsonLines(answerable), b: jsonLines(unanswerable) });
    expect(await readArchiveQuestions(['a', 'b'], readLines)).toEqual([
      { id: 'q1', language: 'ar', text: 'متى؟', answers: [{ articleId: 'canal-en', quote: 'in 1869' }] },
      { id: 'q2', language: 'en', text: 'Why?', answers: [] },
    ]);
  });

  it.each([
    [
      'a language that is not served',
      jsonLines({ ...answerable, language: 'fr' }),
      'a, line 1: language: must be',
    ],
    [
      'an answer without a quote',
      jsonLines({ ...answerable, answers: [{ article_id: 'x' }] }),
      'answers.0.quote',
    ],
    [
      'a question without answers',
      jsonLines({ ...answerable, answers: undefined }),
      'answers: must be a list',
    ],
    ['an id that is there twice', jsonLines(answerable, answerable), 'a, line 2: "q1" is there twice'],
    ['an empty file', '', 'a: the file has no question'],
    ['questions of which none has an answer', jsonLines(unanswerable), 'a: no question has an answer'],
  ])('refuses %s, naming the place', async (_, content, message) => {
    await expect(readArchiveQuestions(['a'], linesInMemory({ a: content }))).rejects.toMatchObject({
      code: 'EVALUATION_FOLDER_INVALID',
      message: expect.stringContaining(message),
    });
  });
});
