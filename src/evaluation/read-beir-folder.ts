import { join } from 'node:path';
import { z } from 'zod';
import type { Language } from '../domain/language.js';
import { detectLanguage } from '../text/detect-language.js';
import { invalidEvaluationFile } from './invalid-evaluation-file.js';
import { type LanguageDirection, languageDirection } from './language-direction.js';
import type { Judgements } from './ranking-metrics.js';
import { readJsonLines } from './read-json-lines.js';
import { type ReadTextLines, readTextLines } from './read-text-lines.js';

const id = z.string('must be a string').min(1, 'must not be empty');
const text = z.string('must be a string');
const record = { error: 'must be a JSON object' };

/** A line of corpus.jsonl; further fields (`metadata`) are allowed and not read. */
export const beirDocument = z.object({ _id: id, title: text.optional(), text }, record);
const beirQuery = z.object({ _id: id, text: text.regex(/\S/, 'must not be empty') }, record);

export interface BeirQuery {
  readonly id: string;
  readonly text: string;
  /** Line of queries.jsonl, from 1: even lines are for tuning, odd ones are held out. */
  readonly line: number;
  /** At least one document is relevant. */
  readonly judgements: Judgements;
  /** Languages are told by the texts; relevant documents that the corpus lacks say nothing. */
  readonly direction: LanguageDirection;
}

/** A question set in BEIR form, checked. The corpus is counted, not kept: it may be large. */
export interface BeirFolder {
  readonly corpusFile: string;
  readonly documents: number;
  /** Queries with at least one relevant document, in the order of the file; others measure nothing. */
  readonly queries: readonly BeirQuery[];
  readonly queriesWithoutRelevant: number;
  /** Relevant documents that the corpus lacks. They count as not found. */
  readonly relevantNotInCorpus: number;
}

/**
 * Reads corpus.jsonl, queries.jsonl and qrels/test.tsv of a folder in BEIR form, streaming.
 * @throws EVALUATION_FOLDER_INVALID (caller) with file, line and problem
 * Source: Thakur et al. 2021, https://github.com/beir-cellar/beir
 */
export async function readBeirFolder(
  folder: string,
  readLines: ReadTextLines = readTextLines,
): Promise<BeirFolder> {
  const corpusFile = join(folder, 'corpus.jsonl');
  const qrelsFile = join(folder, 'qrels', 'test.tsv');
  const judgementsOf = await readQrels(qrelsFile, readLines);
  const asked = await readQueries(join(folder, 'queries.jsonl'), readLines);
  const languageOf = await readDocumentLanguages(corpusFile, readLines);

  const queries = asked
    .map((query) => ({ ...query, judgements: judgementsOf.get(query.id) ?? new Map<string, number>() }))
    .filter((query) => relevantIds(query.judgements).length > 0)
    .map((query) => ({ ...query, direction: directionOfQuery(query, languageOf) }));
  if (queries.length === 0) {
    const problem = 'no query of queries.jsonl has a relevant document';
    throw invalidEvaluationFile({ file: qrelsFile, problem });
  }
  const relevant = new Set(queries.flatMap((query) => relevantIds(query.judgements)));
  return {
    corpusFile,
    documents: languageOf.size,
    queries,
    queriesWithoutRelevant: asked.length - queries.length,
    relevantNotInCorpus: [...relevant].filter((documentId) => !languageOf.has(documentId)).length,
  };
}

function relevantIds(judgements: Judgements): string[] {
  return [...judgements].filter(([, grade]) => grade > 0).map(([documentId]) => documentId);
}

function directionOfQuery(
  { text, judgements }: Pick<BeirQuery, 'text' | 'judgements'>,
  languageOf: ReadonlyMap<string, Language>,
): LanguageDirection {
  const relevant = relevantIds(judgements).flatMap((documentId) => languageOf.get(documentId) ?? []);
  return languageDirection(detectLanguage(text), relevant);
}

/** The language of every document, by its id; of one without text, that of its title. */
async function readDocumentLanguages(file: string, readLines: ReadTextLines): Promise<Map<string, Language>> {
  const languageOf = new Map<string, Language>();
  for await (const { value, line } of readJsonLines(file, beirDocument, readLines)) {
    const { _id, title = '', text } = value;
    if (languageOf.has(_id)) throw repeatedId(file, line, _id);
    languageOf.set(_id, detectLanguage(text.trim() === '' ? title : text));
  }
  if (languageOf.size === 0) throw invalidEvaluationFile({ file, problem: 'the file has no document' });
  return languageOf;
}

async function readQueries(
  file: string,
  readLines: ReadTextLines,
): Promise<Array<{ id: string; text: string; line: number }>> {
  const queries = new Map<string, { id: string; text: string; line: number }>();
  for await (const { value, line } of readJsonLines(file, beirQuery, readLines)) {
    if (queries.has(value._id)) throw repeatedId(file, line, value._id);
    queries.set(value._id, { id: value._id, text: value.text, line });
  }
  if (queries.size === 0) throw invalidEvaluationFile({ file, problem: 'the file has no query' });
  return [...queries.values()];
}

/** Tab-separated `query-id corpus-id score` under a header line, which BEIR readers pass over unread. */
async function readQrels(file: string, readLines: ReadTextLines): Promise<Map<string, Map<string, number>>> {
  const judgementsOf = new Map<string, Map<string, number>>();
  let hasHeader = false;
  for await (const { number: line, text: row } of readLines(file)) {
    if (row.trim() === '') continue;
    const [queryId = '', documentId = '', score = '', ...more] = row.split('\t');
    if (queryId === '' || documentId === '' || score === '' || more.length > 0) {
      const problem = 'the line is not query-id, corpus-id and score with a tab between';
      throw invalidEvaluationFile({ file, line, problem });
    }
    const isGrade = /^-?\d+$/.test(score.trim());
    if (!hasHeader) {
      if (isGrade) throw invalidEvaluationFile({ file, line, problem: 'the header line is missing' });
      hasHeader = true;
      continue;
    }
    if (!isGrade) {
      throw invalidEvaluationFile({ file, line, problem: `score is "${score}"; it must be a whole number` });
    }
    const judgements = judgementsOf.get(queryId) ?? new Map<string, number>();
    const grade = Number(score);
    if ((judgements.get(documentId) ?? grade) !== grade) {
      const problem = `${queryId} and ${documentId} have another score further up`;
      throw invalidEvaluationFile({ file, line, problem });
    }
    judgementsOf.set(queryId, judgements.set(documentId, grade));
  }
  return judgementsOf;
}

function repeatedId(file: string, line: number, repeated: string) {
  return invalidEvaluationFile({ file, line, problem: `"${repeated}" is there twice` });
}
