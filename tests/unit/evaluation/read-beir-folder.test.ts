import { describe, expect, it } from 'vitest';
import { FihristError } from '../../../src/domain/errors.js';
import { readBeirFolder } from '../../../src/evaluation/read-beir-folder.js';
import { beirFiles, linesInMemory } from './lines-in-memory.js';

const header = 'query-id\tcorpus-id\tscore';

async function read(files: Record<string, string>) {
  return readBeirFolder('set', linesInMemory(files));
}

async function errorOf(files: Record<string, string>): Promise<FihristError> {
  const error = await read(files).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof FihristError)) throw new Error(`expected a FihristError, got ${String(error)}`);
  return error;
}

describe('readBeirFolder', () => {
  it('gives the queries with their line, from 1, and judgements, and counts the documents', async () => {
    const folder = await read(
      beirFiles({
        corpus: [
          { _id: 'd1', title: 'T', text: 'one', metadata: {} },
          { _id: 'd2', text: 'two' },
        ],
        queries: [
          { _id: 'q1', text: 'one?' },
          { _id: 'q2', text: 'two?' },
        ],
        qrels: [header, 'q2\td2\t1', 'q2\td1\t2', 'q1\td1\t1'],
      }),
    );
    expect(folder.documents).toBe(2);
    expect(folder.queries.map(({ id, line, judgements }) => [id, line, [...judgements]])).toEqual([
      ['q1', 1, [['d1', 1]]],
      [
        'q2',
        2,
        [
          ['d2', 1],
          ['d1', 2],
        ],
      ],
    ]);
  });

  it('tells which way each query goes by the texts of the query and of what is relevant to it', async () => {
    const folder = await read(
      beirFiles({
        corpus: [
          { _id: 'ar', text: 'افتتحت القناة' },
          { _id: 'en', text: 'It was opened.' },
          { _id: 'title', title: 'القناة', text: ' ' },
        ],
        queries: [
          { _id: 'q1', text: 'متى؟' },
          { _id: 'q2', text: 'When?' },
          { _id: 'q3', text: 'When else?' },
          { _id: 'q4', text: 'من؟' },
        ],
        qrels: [header, 'q1\ten\t1', 'q1\tar\t0', 'q2\ten\t1', 'q2\ttitle\t1', 'q3\ttitle\t1', 'q4\tnone\t1'],
      }),
    );
    expect(folder.queries.map(({ direction }) => direction)).toEqual([
      'ar→en',
      'en→both',
      'en→ar',
      'ar→absent',
    ]);
  });

  it('leaves out queries without a relevant document and says how many', async () => {
    const folder = await read(
      beirFiles({
        queries: [
          { _id: 'q0', text: 'unjudged' },
          { _id: 'q1', text: 'one?' },
          { _id: 'q2', text: 'judged 0' },
        ],
        qrels: [header, 'q1\td1\t1', 'q2\td1\t0'],
      }),
    );
    expect(folder.queries.map((query) => [query.id, query.line])).toEqual([['q1', 2]]);
    expect(folder.queriesWithoutRelevant).toBe(2);
  });

  it('counts relevant documents that the corpus lacks', async () => {
    const folder = await read(beirFiles({ qrels: [header, 'q1\td1\t1', 'q1\tgone\t1'] }));
    expect(folder.relevantNotInCorpus).toBe(1);
  });

  it('reads Windows line ends, a byte order mark and blank lines', async () => {
    const files = Object.fromEntries(
      Object.entries(beirFiles({})).map(([file, content]) => [
        file,
        `\uFEFF${content.replaceAll('\n', '\r\n')}\r\n\r\n`,
      ]),
    );
    expect((await read(files)).queries).toHaveLength(1);
  });

  it.each([
    ['a missing file', { 'set/queries.jsonl': undefined }, 'set/queries.jsonl: does not exist'],
    [
      'a line that is not JSON',
      { 'set/corpus.jsonl': '{"_id":"d1","text":"x"}\n{"_id"' },
      'set/corpus.jsonl, line 2: ',
    ],
    ['a document without an id', { 'set/corpus.jsonl': '{"text":"x"}' }, 'set/corpus.jsonl, line 1: _id: '],
    [
      'a document whose text is a number',
      { 'set/corpus.jsonl': '{"_id":"d1","text":5}' },
      'text: must be a string',
    ],
    ['a line that is a list', { 'set/corpus.jsonl': '[]' }, 'line 1: must be a JSON object'],
    [
      'an id that is there twice',
      { 'set/corpus.jsonl': '{"_id":"d1","text":"x"}\n{"_id":"d1","text":"y"}' },
      'line 2: "d1" is there twice',
    ],
    ['an empty corpus', { 'set/corpus.jsonl': '\n' }, 'set/corpus.jsonl: the file has no document'],
    ['an empty query', { 'set/queries.jsonl': '{"_id":"q1","text":" "}' }, 'text: must not be empty'],
    [
      'a query that is there twice',
      { 'set/queries.jsonl': '{"_id":"q1","text":"a"}\n{"_id":"q1","text":"b"}' },
      '"q1" is there twice',
    ],
    ['no queries', { 'set/queries.jsonl': '' }, 'the file has no query'],
    [
      'judgements without a header',
      { 'set/qrels/test.tsv': 'q1\td1\t1' },
      'set/qrels/test.tsv, line 1: the header line is missing',
    ],
    [
      'judgements with blanks for tabs',
      { 'set/qrels/test.tsv': `${header}\nq1 d1 1` },
      'line 2: the line is not query-id',
    ],
    [
      'a score that is no number',
      { 'set/qrels/test.tsv': `${header}\nq1\td1\tyes` },
      'line 2: score is "yes"',
    ],
    [
      'judgements that contradict each other',
      { 'set/qrels/test.tsv': `${header}\nq1\td1\t1\nq1\td1\t0` },
      'line 3: q1 and d1',
    ],
    [
      'judgements of other queries only',
      { 'set/qrels/test.tsv': `${header}\nq9\td1\t1` },
      'no query of queries.jsonl has a relevant document',
    ],
  ])('refuses %s, naming the place', async (_, changed: Record<string, string | undefined>, message) => {
    const files = Object.fromEntries(
      Object.entries({ ...beirFiles({}), ...changed }).filter(
        (entry): entry is [string, string] => entry[1] !== undefined,
      ),
    );
    const error = await errorOf(files);
    expect(error.code).toBe('EVALUATION_FOLDER_INVALID');
    expect(error.message).toContain(message);
    expect(Object.keys(changed)).toContain(error.details.file);
  });

  it('has the line number in the details, for programs', async () => {
    const error = await errorOf({ ...beirFiles({}), 'set/queries.jsonl': '\n{' });
    expect(error.details).toEqual({
      file: 'set/queries.jsonl',
      line: 2,
      problem: 'the line is not valid JSON',
    });
  });

  it('says of a folder that is not on disk which file is missing', async () => {
    await expect(readBeirFolder('no-such-folder')).rejects.toMatchObject({
      code: 'EVALUATION_FOLDER_INVALID',
      message: expect.stringContaining('does not exist'),
    });
  });
});
