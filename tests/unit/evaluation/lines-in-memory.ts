import { invalidEvaluationFile } from '../../../src/evaluation/invalid-evaluation-file.js';
import { type ReadTextLines, splitLines } from '../../../src/evaluation/read-text-lines.js';

/** Files that are only in memory, by path. */
export function linesInMemory(files: Readonly<Record<string, string>>): ReadTextLines {
  return async function* (file) {
    const content = files[file];
    if (content === undefined) throw invalidEvaluationFile({ file, problem: 'does not exist' });
    yield* splitLines(chunks(content));
  };
}

async function* chunks(content: string): AsyncGenerator<string> {
  yield content;
}

/** A BEIR folder named `set` with the given parts. */
export function beirFiles(parts: {
  corpus?: readonly unknown[];
  queries?: readonly unknown[];
  qrels?: readonly string[];
}): Record<string, string> {
  const { corpus = [{ _id: 'd1', title: '', text: 'Text one.' }], queries = [{ _id: 'q1', text: 'one?' }] } =
    parts;
  const lines = (records: readonly unknown[]) =>
    records.map((record) => (typeof record === 'string' ? record : JSON.stringify(record))).join('\n');
  return {
    'set/corpus.jsonl': lines(corpus),
    'set/queries.jsonl': lines(queries),
    'set/qrels/test.tsv': (parts.qrels ?? ['query-id\tcorpus-id\tscore', 'q1\td1\t1']).join('\n'),
  };
}
