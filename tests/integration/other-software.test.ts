import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FihristError } from '../../src/domain/errors.js';
import type { SearchFilter } from '../../src/domain/search-filter.js';
import type { Gate } from '../../src/http/gate.js';
import { replyFacts } from '../../src/http/reply-facts.js';
import { startInterfacesServer } from '../unit/http/start-interfaces-server.js';
import type { TestServer } from '../unit/http/start-test-server.js';

/*
 * Requests as the products themselves make them: method, headers and body of their own source.
 */

let service: TestServer;
beforeAll(async () => {
  service = await startInterfacesServer();
});
afterAll(() => service.server.close(1_000));

const OWN_PAGE = 'https://search.example/articles/notes%2Fsleep%201';

async function ask(path: string, init: RequestInit = {}): Promise<{ status: number; body: unknown }> {
  const response = await fetch(`${service.url}${path}`, init);
  return { status: response.status, body: await response.json() };
}

describe('Open WebUI, external search', () => {
  const search = (body: unknown) =>
    ask('/open-webui/search', {
      method: 'POST',
      headers: {
        'user-agent': 'Open WebUI (https://github.com/open-webui/open-webui) RAG Bot',
        authorization: 'Bearer ',
        accept: '*/*',
        'content-type': 'application/json',
      },
      body: JSON.stringify(body),
    });

  test('gets a bare list of articles, each once, best first', async () => {
    const { status, body } = await search({ query: 'elephant clock', count: 3 });
    expect(status).toBe(200);
    expect(body).toEqual([
      {
        link: 'https://archive.example/en/clock',
        title: 'The elephant clock',
        snippet: 'Jazari built the elephant clock.',
      },
      expect.objectContaining({ link: expect.any(String) }),
      expect.objectContaining({ link: expect.any(String) }),
    ]);
  });

  test('gets as many as it wants, with an address for each', async () => {
    const { body } = await search({ query: 'sleep memories', count: 1 });
    expect(body).toEqual([{ link: OWN_PAGE, title: 'notes/sleep 1', snippet: 'Sleep fixes memories.' }]);
  });

  test('is told what is wrong', async () => {
    const { status, body } = await search({ query: 'x', count: 0 });
    expect(status).toBe(400);
    expect(body).toMatchObject({
      error: { message: 'count must be a whole number from 1 to 100, not 0.' },
    });
  });
});

describe('SearXNG, in JSON', () => {
  const REQUESTS = [
    [
      'Open WebUI',
      'q=sleep+memories&format=json&pageno=1&safesearch=1&language=en-US&time_range=&categories=&theme=simple&image_proxy=0',
      'text/html',
    ],
    ['Vane', 'format=json&q=sleep+memories&categories=general&engines=&language=en&pageno=1', '*/*'],
    [
      'Morphic',
      'q=sleep+memories&format=json&categories=general%2Cimages&time_range=year&safesearch=1&engines=google%2Cbing&site=a.example',
      'application/json',
    ],
    ['LangChain', 'q=sleep+memories&format=json&language=en&engines=', 'text/html'],
  ] as const;

  test.each(REQUESTS)('answers %s', async (_product, query, accept) => {
    const { status, body } = await ask(`/search?${query}`, { headers: { accept } });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      query: 'sleep memories',
      number_of_results: 3,
      answers: [],
      infoboxes: [],
      suggestions: [],
    });
    const { results } = body as { results: Array<Record<string, unknown>> };
    expect(results[0]).toEqual({
      url: OWN_PAGE,
      title: 'notes/sleep 1',
      content: 'Sleep fixes memories.',
      publishedDate: null,
      score: expect.any(Number),
      category: 'general',
      engine: 'fihrist',
      engines: ['fihrist'],
    });
    // Some sort by score: it must not change the order.
    const scores = results.map(({ score }) => Number(score));
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
  });

  test('tells errors in JSON, though clients ask for HTML', async () => {
    const withPages = await startInterfacesServer(
      {},
      { errorPage: () => ({ html: '<p>no</p>', contentSecurityPolicy: "default-src 'none'" }) },
    );
    try {
      const headers = { accept: 'text/html' };
      const refused = await fetch(`${withPages.url}/search?q=sleep&format=html`, { headers });
      expect(await refused.json()).toMatchObject({ error: { code: 'INVALID_REQUEST' } });
      const lost = await fetch(`${withPages.url}/nowhere`, { headers });
      expect(await lost.text()).toBe('<p>no</p>');
    } finally {
      await withPages.server.close(1_000);
    }
  });

  test('has a second page when there is more than one', async () => {
    const { body } = await ask('/search?q=sleep&format=json&pageno=2');
    expect(body).toMatchObject({ number_of_results: 0, results: [] });
  });

  test.each([
    ['q=sleep', 'format is missing; it must be "json".'],
    ['q=sleep&format=html', 'format must be "json", not "html".'],
    ['format=json', 'q is missing; it must be a question.'],
    ['q=+&format=json', 'q has no letter or digit to search for.'],
    ['q=sleep&format=json&pageno=0', 'pageno must be a whole number from 1 to 100, not "0".'],
    ['q=sleep&format=json&page=2', 'There is no parameter "page"'],
  ])('refuses %s', async (query, message) => {
    const { status, body } = await ask(`/search?${query}`);
    expect(status).toBe(400);
    expect(body).toMatchObject({ error: { message: expect.stringContaining(message) } });
  });
});

describe('Dify, external knowledge', () => {
  const retrieve = (body: unknown) =>
    ask('/retrieval', {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: 'Bearer your-api-key' },
      body: JSON.stringify(body),
    });
  const question = {
    retrieval_setting: { top_k: 2, score_threshold: 0.0 },
    query: 'elephant clock',
    knowledge_id: 'fihrist',
  };

  test('gets passages with what is known of them', async () => {
    const { status, body } = await retrieve({ ...question, metadata_condition: null });
    expect(status).toBe(200);
    expect(body).toEqual({
      records: [
        {
          content: 'Jazari built the elephant clock.',
          score: expect.any(Number),
          title: 'The elephant clock',
          metadata: {
            passage_id: 'en/clock:Jazari built the elephant clock.',
            article_id: 'en/clock',
            url: 'https://archive.example/en/clock',
            language: 'en',
            source: 'magazine',
            tags: ['history'],
            published_at: '2019-02-01',
          },
        },
        expect.objectContaining({ metadata: expect.any(Object) }),
      ],
    });
  });

  test('gets none under its threshold', async () => {
    const all = (await retrieve(question)).body as { records: Array<{ score: number }> };
    const threshold = all.records[0]?.score ?? 0;
    const setting = { top_k: 10, score_threshold: threshold };
    expect((await retrieve({ ...question, retrieval_setting: setting })).body).toEqual({
      records: all.records.slice(0, 1),
    });
    const none = await retrieve({ ...question, retrieval_setting: { top_k: 10, score_threshold: 1 } });
    expect(none).toEqual({ status: 200, body: { records: [] } });
  });

  test('is taken for a knowledge when Dify tries the address, which it does without a question', async () => {
    const { status, body } = await ask('/retrieval', {
      method: 'POST',
      headers: { authorization: 'Bearer your-api-key' },
    });
    // 404, 403 and 502 would make Dify refuse the address.
    expect(status).toBe(415);
    expect(body).toMatchObject({ error_code: 415 });
  });

  test('narrows by metadata', async () => {
    const condition = {
      logical_operator: 'and',
      conditions: [
        { name: 'tags', comparison_operator: 'contains', value: 'history' },
        { name: 'published_at', comparison_operator: 'after', value: '2020' },
      ],
    };
    const { body } = await retrieve({ ...question, metadata_condition: condition });
    const { records } = body as { records: Array<{ metadata: { article_id: string } }> };
    expect(records.map(({ metadata }) => metadata.article_id)).toEqual(['ar/clock', 'ar/clock']);
  });

  test('searches one collection, and is told when there is none', async () => {
    const { body } = await retrieve({ ...question, knowledge_id: 'notes' });
    expect(body).toMatchObject({ records: [{ content: 'Sleep fixes memories.' }] });
    expect(await retrieve({ ...question, knowledge_id: 'news' })).toEqual({
      status: 404,
      body: {
        error_code: 2001,
        error_msg: 'There is no collection "news"; "fihrist" is the whole archive.',
      },
    });
  });

  test.each([
    [{ ...question, query: '' }, 'query has no letter or digit to search for.'],
    [
      { ...question, retrieval_setting: { top_k: 0, score_threshold: 0 } },
      'retrieval_setting.top_k must be a whole number from 1 to 100, not 0.',
    ],
    [{ ...question, top_k: 3 }, 'There is no field "top_k"'],
  ])('is told what is wrong with %j, in its own form', async (body, message) => {
    expect(await retrieve(body)).toEqual({
      status: 400,
      body: { error_code: 400, error_msg: expect.stringContaining(message) },
    });
  });

  test('is told of broken JSON in its own form, too', async () => {
    const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{' };
    expect(await ask('/retrieval', init)).toEqual({
      status: 400,
      body: { error_code: 400, error_msg: expect.stringContaining('not valid JSON') },
    });
  });
});

describe('the contracts', () => {
  const PATHS = ['/v1/embeddings', '/v1/models', '/v1/vector_stores/{id}/search', '/mcp'];

  async function pathsOf(server: TestServer): Promise<string[]> {
    const document = (await (await fetch(`${server.url}/openapi.json`)).json()) as { paths: object };
    return Object.keys(document.paths);
  }

  test('are in the reference', async () => {
    const paths = await pathsOf(service);
    expect(paths).toEqual(expect.arrayContaining([...PATHS, '/open-webui/search', '/search', '/retrieval']));
  });

  test('are there only when they are on', async () => {
    const some = await startInterfacesServer({ enabled: new Set(['dify']) });
    try {
      const paths = await pathsOf(some);
      expect(paths).toContain('/retrieval');
      for (const path of [...PATHS, '/open-webui/search', '/search']) expect(paths).not.toContain(path);
      expect((await fetch(`${some.url}/v1/models`)).status).toBe(404);
    } finally {
      await some.server.close(1_000);
    }
  });

  test('show a caller what the key allows, and tell nothing of the rest', async () => {
    const filter: SearchFilter = { type: 'in', key: 'source', values: ['magazine'] };
    const ofKey: Gate = {
      errorsOf: () => [],
      check: ({ res }) => {
        replyFacts(res).caller = { keyId: 'k', scopes: ['search'], filter };
      },
    };
    const narrow = await startInterfacesServer({}, { gates: [ofKey] });
    const post = async (path: string, body: unknown) => {
      const init = { method: 'POST', headers: { 'content-type': 'application/json' } };
      const response = await fetch(`${narrow.url}${path}`, { ...init, body: JSON.stringify(body) });
      return { status: response.status, text: await response.text() };
    };
    try {
      const replies = await Promise.all([
        post('/v1/vector_stores/fihrist/search', { query: 'sleep memories' }),
        post('/v1/vector_stores/magazine/search', { query: 'sleep memories' }),
        post('/open-webui/search', { query: 'sleep memories' }),
        post('/retrieval', { knowledge_id: 'fihrist', query: 'sleep memories' }),
        fetch(`${narrow.url}/search?q=sleep+memories&format=json`).then(async (response) => ({
          status: response.status,
          text: await response.text(),
        })),
      ]);
      for (const { status, text } of replies) {
        expect(status).toBe(200);
        expect(text).toContain('elephant');
        expect(text).not.toContain('Sleep fixes');
      }
      const hidden = await post('/v1/vector_stores/notes/search', { query: 'sleep' });
      const missing = await post('/v1/vector_stores/nowhere/search', { query: 'sleep' });
      expect([hidden.status, missing.status]).toEqual([404, 404]);
      expect(hidden.text.replaceAll('notes', 'nowhere')).toBe(missing.text);
    } finally {
      await narrow.server.close(1_000);
    }
  });

  test('stand behind the gates, like every search', async () => {
    const passed: string[] = [];
    const closed: Gate = {
      errorsOf: () => ['NOT_READY'],
      check: ({ route }) => {
        passed.push(`${route.method} ${route.path} ${route.scope}`);
        throw new FihristError('NOT_READY', 'The gate is closed.');
      },
    };
    const gated = await startInterfacesServer({}, { gates: [closed] });
    try {
      const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' };
      const posts = [
        '/v1/embeddings',
        '/v1/vector_stores/x/search',
        '/mcp',
        '/open-webui/search',
        '/retrieval',
      ];
      for (const path of posts) expect((await fetch(`${gated.url}${path}`, init)).status).toBe(503);
      for (const path of ['/v1/models', '/search?q=x']) {
        expect((await fetch(`${gated.url}${path}`)).status).toBe(503);
      }
      expect(passed).toEqual([
        'post /v1/embeddings search',
        'post /v1/vector_stores/{id}/search search',
        'post /mcp search',
        'post /open-webui/search search',
        'post /retrieval search',
        'get /v1/models search',
        'get /search search',
      ]);
      const dify = await fetch(`${gated.url}/retrieval`, init);
      expect(await dify.json()).toEqual({ error_code: 503, error_msg: 'The gate is closed.' });
    } finally {
      await gated.server.close(1_000);
    }
  });
});
