import OpenAI from 'openai';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sameEmbedder, startInterfacesServer } from '../unit/http/start-interfaces-server.js';
import type { TestServer } from '../unit/http/start-test-server.js';

let service: TestServer;
let client: OpenAI;

beforeAll(async () => {
  service = await startInterfacesServer();
  client = new OpenAI({ baseURL: `${service.url}/v1`, apiKey: 'not needed', maxRetries: 0 });
});
afterAll(() => service.server.close(1_000));

/** What the client throws, as it tells it. */
async function refusalOf(asked: Promise<unknown>) {
  const error = await asked.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (error instanceof OpenAI.APIError) return error;
  throw new Error('it was not refused');
}

describe('the OpenAI client, embeddings', () => {
  test('gets the vectors of passages in order, though it asks for base64', async () => {
    const input = ['Sleep fixes memories.', 'النوم يثبّت الذاكرة.'];
    const reply = await client.embeddings.create({ model: 'fihrist', input });
    const expected = await sameEmbedder().embedPassages(input);
    expect(reply.object).toBe('list');
    expect(reply.model).toBe('fihrist');
    expect(reply.data.map(({ index }) => index)).toEqual([0, 1]);
    expect(reply.data.map(({ embedding }) => embedding)).toEqual(expected.map((vector) => [...vector]));
  });

  test('gets the same numbers as floats', async () => {
    const asked = { model: 'fake', input: 'Sleep' } as const;
    const [floats, base64] = await Promise.all([
      client.embeddings.create({ ...asked, encoding_format: 'float' }),
      client.embeddings.create(asked),
    ]);
    expect(floats.data).toEqual(base64.data);
    expect(floats.data[0]?.embedding).toHaveLength(64);
  });

  test('is told how many tokens the model read', async () => {
    const reply = await client.embeddings.create({ model: 'fake', input: ['one two', 'three'] });
    const [first = 0, second = 0] = await sameEmbedder().countTokens(['one two', 'three']);
    expect(reply.usage).toEqual({ prompt_tokens: first + second, total_tokens: first + second });
  });

  test('may say the dimensions that there are, and no others', async () => {
    const asked = { model: 'fake', input: 'Sleep' };
    expect((await client.embeddings.create({ ...asked, dimensions: 64 })).data).toHaveLength(1);
    const error = await refusalOf(client.embeddings.create({ ...asked, dimensions: 256 }));
    expect(error.status).toBe(400);
    expect(error.code).toBe('INVALID_REQUEST');
    expect(error.message).toContain('dimensions must be 64, as fake has, not 256.');
  });

  test('is refused another model, by name', async () => {
    const error = await refusalOf(client.embeddings.create({ model: 'text-embedding-3-small', input: 'x' }));
    expect(error.status).toBe(404);
    expect(error.code).toBe('MODEL_NAME_UNKNOWN');
    expect(error.message).toContain(
      'There is no model "text-embedding-3-small"; there is "fake", "fihrist".',
    );
  });

  test.each([
    ['tokens', [1, 2, 3]],
    ['lists of tokens', [[1, 2], [3]]],
    ['nothing', ''],
    ['nothing in a list', ['one', ' ']],
    ['an empty list', []],
  ])('is refused %s', async (_what, input) => {
    const error = await refusalOf(client.embeddings.create({ model: 'fake', input: input as string[] }));
    expect(error.status).toBe(400);
    expect(error.message).toContain('input must be a text or an array of 1 to 2048 texts');
    expect(error.message).toContain('numbers of tokens are not taken');
  });

  test('is refused a text that would be cut, by its place', async () => {
    const long = 'word '.repeat(600);
    const error = await refusalOf(client.embeddings.create({ model: 'fake', input: ['short', long] }));
    expect(error.status).toBe(400);
    expect(error.code).toBe('TEXT_TOO_LONG');
    expect(error.message).toContain('input[1] has 603 tokens; the model reads at most 512.');
  });

  test('lists the names of the model', async () => {
    const names: string[] = [];
    for await (const model of client.models.list()) names.push(model.id);
    expect(names).toEqual(['fake', 'fihrist']);
  });
});

describe('the OpenAI client, vector stores', () => {
  const search = (body: OpenAI.VectorStoreSearchParams, id = 'fihrist') =>
    client.vectorStores.search(id, body);

  test('finds passages with all that is known of them', async () => {
    const page = await search({ query: 'who built the elephant clock', max_num_results: 1 });
    expect(page.object).toBe('vector_store.search_results.page');
    expect(page.data).toEqual([
      {
        file_id: 'en/clock',
        filename: 'The elephant clock',
        score: expect.any(Number),
        attributes: {
          passage_id: 'en/clock:Jazari built the elephant clock.',
          article_id: 'en/clock',
          title: 'The elephant clock',
          url: 'https://archive.example/en/clock',
          language: 'en',
          published_at: '2019-02-01',
          source: 'magazine',
          tags: 'history',
        },
        content: [{ type: 'text', text: 'Jazari built the elephant clock.' }],
      },
    ]);
    expect(page.hasNextPage()).toBe(false);
  });

  test('leaves out what is not known', async () => {
    const [hit] = (await search({ query: 'sleep memories', max_num_results: 1 })).data;
    expect(hit?.filename).toBe('notes/sleep 1');
    expect(Object.keys(hit?.attributes ?? {})).toEqual(['passage_id', 'article_id', 'language', 'source']);
  });

  test('gets scores within 0 to 1, and none under its threshold', async () => {
    const all = (await search({ query: 'elephant clock', max_num_results: 50 })).data;
    expect(all).toHaveLength(5);
    for (const { score } of all) expect(score >= 0 && score <= 1).toBe(true);
    const threshold = all[1]?.score ?? 0;
    const kept = await search({ query: 'elephant clock', ranking_options: { score_threshold: threshold } });
    expect(kept.data).toEqual(all.slice(0, 2));
  });

  const of = (key: string, type: OpenAI.ComparisonFilter['type'], value: OpenAI.ComparisonFilter['value']) =>
    ({ key, type, value }) satisfies OpenAI.ComparisonFilter;

  test.each([
    [of('language', 'eq', 'ar'), ['ar/clock']],
    [of('language', 'ne', 'ar'), ['en/clock', 'notes/sleep 1']],
    [of('tags', 'in', ['تقنية', 'none']), ['ar/clock']],
    [of('tags', 'nin', ['history']), ['notes/sleep 1']],
    [of('source', 'eq', 'notes'), ['notes/sleep 1']],
    [of('article_id', 'eq', 'en/clock'), ['en/clock']],
    [of('published_at', 'gt', '2019'), ['ar/clock']],
    [of('published_at', 'gte', 1_548_979_200), ['ar/clock', 'en/clock']],
    [of('published_at', 'lt', 1_548_979_200), []],
    [of('published_at', 'lte', 1_548_979_200), ['en/clock']],
    [
      { type: 'or' as const, filters: [of('language', 'eq', 'ar'), of('source', 'eq', 'notes')] },
      ['ar/clock', 'notes/sleep 1'],
    ],
    [
      {
        type: 'and' as const,
        filters: [of('tags', 'eq', 'history'), of('published_at', 'lt', 1_577_836_800)],
      },
      ['en/clock'],
    ],
  ])('narrows by %j', async (filters, articles) => {
    const { data } = await search({ query: 'elephant clock', filters, max_num_results: 50 });
    expect([...new Set(data.map(({ file_id: id }) => id))].sort()).toEqual(articles);
  });

  test('is told what is wrong with a filter, and where', async () => {
    const filters = { type: 'and' as const, filters: [of('author', 'eq', 'x')] };
    const error = await refusalOf(search({ query: 'x', filters }));
    expect(error.status).toBe(400);
    expect(error.message).toContain('filters.filters[0].key must be "published_at", "language", "tags",');
  });

  test('asks several questions at once: a passage counts by the one that it answers best', async () => {
    const together = await search({ query: ['sleep', 'ساعة الفيل'], max_num_results: 2 });
    expect(together.data.map(({ file_id: id }) => id).sort()).toEqual(['ar/clock', 'notes/sleep 1']);
    const alone = await search({ query: 'sleep', max_num_results: 1 });
    expect(together.data).toContainEqual(alone.data[0]);
  });

  test('may ask for rewriting and a ranker, which change nothing', async () => {
    const asked = { query: 'elephant clock' };
    const extra = { rewrite_query: true, ranking_options: { ranker: 'none' as const } };
    expect((await search({ ...asked, ...extra })).data).toEqual((await search(asked)).data);
  });

  test('searches one collection by its name, slashes and all', async () => {
    const { data } = await search({ query: 'elephant clock' }, 'notes');
    expect(data.map(({ file_id: id }) => id)).toEqual(['notes/sleep 1']);
    const filters = of('language', 'eq', 'ar');
    expect((await search({ query: 'clock', filters }, 'notes')).data).toEqual([]);
    const error = await refusalOf(search({ query: 'clock' }, '/no/where'));
    expect(error.status).toBe(404);
    expect(error.message).toContain('There is no collection "/no/where"; "fihrist" is the whole archive.');
  });

  test.each([
    [{ query: 'x', max_num_results: 51 }, 'max_num_results must be a whole number from 1 to 50, not 51.'],
    [{ query: '…' }, 'query has no letter or digit to search for.'],
    [
      { query: 'x', ranking_options: { score_threshold: 2 } },
      'ranking_options.score_threshold must be a number from 0 to 1, not 2.',
    ],
  ])('is refused %j', async (body, message) => {
    const error = await refusalOf(search(body));
    expect(error.status).toBe(400);
    expect(error.message).toContain(message);
  });
});
