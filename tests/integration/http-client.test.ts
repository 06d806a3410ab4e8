import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  type AddedArticle,
  type AddingProgress,
  type AnswerEvent,
  FihristClient,
} from '../../src/client/fihrist-client.js';
import { FihristError as ServiceError } from '../../src/domain/errors.js';
import type { Gate } from '../../src/http/gate.js';
import { collect, failureOf } from '../unit/client/scripted-fetch.js';
import { type TestServer, until } from '../unit/http/start-test-server.js';
import { words } from '../unit/ingest/made-articles.js';
import { startAnsweringService } from './answering-service.js';
import { type ArticleService, startArticleService } from './article-service.js';
import { startSampleService } from './sample-service.js';
import { type ScriptedChatServer, startScriptedChatServer, writes } from './scripted-chat-server.js';

describe('a client that asks', () => {
  let service: TestServer;
  let client: FihristClient;
  let isReady = true;
  /** What the next requests are refused with. */
  const refusals: ServiceError[] = [];
  const seen: Array<{ authorization: string | undefined; id: unknown }> = [];

  beforeAll(async () => {
    const gate: Gate = {
      errorsOf: () => ['OVERLOADED', 'RATE_LIMITED'],
      check: ({ req, res }) => {
        seen.push({ authorization: req.headers.authorization, id: req.headers['x-request-id'] });
        const refusal = refusals.shift();
        if (refusal === undefined) return;
        res.setHeader('retry-after', '0');
        throw refusal;
      },
    };
    service = await startSampleService({
      gates: [gate],
      readiness: () => ({
        ready: isReady,
        reasons: isReady ? [] : [{ code: 'INDEXING', message: 'the articles are being indexed' }],
        indexing: isReady ? null : { articlesDone: 1, articlesTotal: 48 },
      }),
    });
    client = new FihristClient({ url: service.url, key: 'fhr_test' });
  });
  afterAll(() => service.server.close(1_000));

  test('finds passages, in both languages, with a filter', async () => {
    const { hits, total, query_language } = await client.search({
      query: 'ساعة الفيل',
      languages: ['ar'],
      filters: { type: 'in', key: 'tags', value: ['history', 'technology'] },
      limit: 2,
      explain: true,
    });
    expect(query_language).toBe('ar');
    expect(total).toBeGreaterThan(2);
    expect(hits[0]?.article_id).toBe('al-jazari-ar');
    const {
      text,
      best_sentence: { start, end },
    } = hits[0]!;
    expect(text.slice(start, end)).toContain('ساعة الفيل');
    expect(hits[0]?.explanation?.features.length).toBeGreaterThan(0);
    expect(seen.at(-1)?.authorization).toBe('Bearer fhr_test');
  });

  test('goes on from a hit: related passages, its article', async () => {
    const { hits } = await client.search({ query: 'Why does the Suez Canal have no locks?', limit: 1 });
    const [hit] = hits;
    const related = await client.related(hit!.id, { limit: 3, languages: ['ar', 'en'] });
    expect(related.passage_id).toBe(hit!.id);
    expect(related.hits).toHaveLength(3);
    const article = await client.getArticle(hit!.article_id);
    expect(article.passages.map(({ id }) => id)).toContain(hit!.id);
  });

  test('analyses a text', async () => {
    const { tokens, phrases } = await client.analyze({ text: '«المدرسة القديمة»' });
    expect(tokens.map(({ stem }) => stem)).toEqual(['مدرس', 'قديم']);
    expect(phrases).toEqual([['المدرسه', 'القديمه']]);
  });

  test('lists all articles, each once, whatever the size of the pages', async () => {
    const all = await collect(client.listArticles());
    expect(all).toHaveLength(48);
    const ids = all.map(({ id }) => id);
    expect((await collect(client.listArticles({ limit: 7 }))).map(({ id }) => id)).toEqual(ids);
    const science = await collect(
      client.listArticles({ tag: 'science', language: 'en', published_from: '2025' }),
    );
    expect(science.length).toBeGreaterThan(0);
    expect(science.every(({ tags, language }) => tags.includes('science') && language === 'en')).toBe(true);
  });

  test('hears what is wrong, and what the log knows it by', async () => {
    const failing = client.search({ query: 'x', limit: 500 }, { requestId: 'mine-1' });
    expect(await failureOf(failing)).toMatchObject({
      code: 'INVALID_REQUEST',
      status: 400,
      type: 'caller',
      field: 'limit',
      allowed: 'a whole number from 1 to 100',
      value: 500,
      requestId: 'mine-1',
      link: `${service.url}/docs/errors#invalid_request`,
    });
    expect(await failureOf(client.getArticle('none'))).toMatchObject({
      code: 'ARTICLE_NOT_FOUND',
      status: 404,
    });
    expect(service.logLines.some((line) => JSON.stringify(line).includes('mine-1'))).toBe(true);
  });

  test('comes back when it is turned away, under the same name', async () => {
    refusals.push(new ServiceError('OVERLOADED', 'm'), new ServiceError('RATE_LIMITED', 'm'));
    const before = seen.length;
    expect((await client.search({ query: 'water' })).hits.length).toBeGreaterThan(0);
    expect(seen).toHaveLength(before + 3);
    expect(new Set(seen.slice(before).map(({ id }) => id)).size).toBe(1);
    refusals.push(new ServiceError('OVERLOADED', 'm'));
    expect(await failureOf(client.search({ query: 'water' }, { retries: 0 }))).toMatchObject({
      code: 'OVERLOADED',
      type: 'operator',
      status: 503,
      retryAfterMs: 0,
    });
  });

  test('asks whether the service is alive and ready', async () => {
    expect(await client.health()).toEqual({ status: 'ok', version: '1.2.3' });
    expect(await client.readiness()).toMatchObject({ status: 'ready', reasons: [] });
    isReady = false;
    expect(await client.readiness()).toMatchObject({
      status: 'not_ready',
      reasons: [{ code: 'INDEXING' }],
      indexing: { articles_done: 1, articles_total: 48 },
    });
    isReady = true;
  });
});

describe('a client that wants answers', () => {
  let model: ScriptedChatServer;
  let service: TestServer;
  let client: FihristClient;

  beforeAll(async () => {
    model = await startScriptedChatServer();
    service = await startAnsweringService({ modelUrl: model.url });
    client = new FihristClient({ url: service.url });
  });
  afterAll(async () => {
    await service.server.close(1_000);
    await model.close();
  });

  test('gets them whole, and bit by bit with the same end', async () => {
    model.play(writes(['It keeps for a great ', 'many years [1].']));
    const whole = await client.answer({ question: 'How long does honey keep?' });
    expect(whole).toMatchObject({ status: 'answered', method: 'model', language: 'en' });
    const events = await collect(client.streamAnswer({ question: 'How long does honey keep?' }));
    expect(events[0]).toMatchObject({ type: 'sources', standalone_question: 'How long does honey keep?' });
    const final = events.at(-1) as Extract<AnswerEvent, { type: 'final' }>;
    const of = <Type extends AnswerEvent['type']>(type: Type) =>
      events.filter((event): event is Extract<AnswerEvent, { type: Type }> => event.type === type);
    expect(
      of('text')
        .map(({ text }) => text)
        .join(''),
    ).toBe(final.answer.text);
    expect(of('citation').map(({ citation }) => citation)).toEqual(final.answer.citations);
    expect({ ...final.answer, took_ms: 0 }).toEqual({ ...whole, took_ms: 0 });
  });

  test('stops the model by leaving in the middle', async () => {
    const before = model.abandoned();
    // Says the same for as long as anybody listens.
    model.play((res) => {
      res.setHeader('content-type', 'text/event-stream');
      const delta = { content: 'It keeps for a great many years [1]. ' };
      const chunk = `data: ${JSON.stringify({ choices: [{ index: 0, delta, finish_reason: null }] })}\n\n`;
      const timer = setInterval(() => res.write(chunk), 20);
      res.once('close', () => clearInterval(timer));
    });
    const startedAt = performance.now();
    const seen: string[] = [];
    for await (const { type } of client.streamAnswer({ question: 'How long does honey keep?' })) {
      seen.push(type);
      if (type === 'text') break;
    }
    expect(seen).toEqual(['sources', 'text']);
    await until(() => model.abandoned() > before);
    const controller = new AbortController();
    const failing = failureOf(
      (async () => {
        for await (const { type } of client.streamAnswer(
          { question: 'honey?' },
          { signal: controller.signal },
        )) {
          if (type === 'text') controller.abort();
        }
      })(),
    );
    expect(await failing).toMatchObject({ name: 'AbortError' });
    await until(() => model.abandoned() > before + 1);
    // Sooner than the service would have given the model up for its length.
    expect(performance.now() - startedAt).toBeLessThan(1_500);
  });

  test('hears what is wrong with the question', async () => {
    expect(await failureOf(collect(client.streamAnswer({ question: '…' })))).toMatchObject({
      code: 'QUERY_EMPTY',
      field: 'question',
    });
  });
});

describe('a client that writes', () => {
  let service: ArticleService;
  let client: FihristClient;

  beforeEach(async () => {
    service = await startArticleService();
    client = new FihristClient({ url: service.url });
  });
  afterEach(() => service.stop());

  const many = (count: number) =>
    Array.from({ length: count }, (_, i) => ({ id: `mill/${i}`, text: words(`mill${i}`), tags: ['mills'] }));

  test('adds, replaces, reads and takes out an article', async () => {
    const id = 'news/طاحونة 1?';
    expect(await client.putArticle(id, { text: words('mill') })).toEqual({ id, status: 'created' });
    expect(await client.putArticle(id, { text: words('mill') })).toEqual({ id, status: 'unchanged' });
    expect(await client.addArticle({ id, text: words('weir'), title: 'Weir' })).toEqual({
      id,
      status: 'updated',
    });
    expect(await client.getArticle(id)).toMatchObject({ id, title: 'Weir', source: 'api' });
    expect(await service.found('weir')).toEqual([id]);
    await client.deleteArticle(id);
    expect(await failureOf(client.deleteArticle(id))).toMatchObject({ code: 'ARTICLE_NOT_FOUND' });
    expect(await failureOf(client.putArticle('x', { text: '' }))).toMatchObject({
      code: 'ARTICLE_WITHOUT_TEXT',
    });
  });

  test('adds hundreds from a source that it reads as it goes, what is wrong with one alone', async () => {
    async function* source() {
      for (const article of many(150)) yield article;
      yield { id: 'broken', text: words('x'), url: 'no address' };
      yield { text: words('nameless') };
      yield* many(1);
    }
    const results: AddedArticle[] = [];
    const steps: AddingProgress[] = [];
    const { counts, failures } = await client.addArticles(source(), {
      onResult: (result) => results.push(result),
      onProgress: (step) => steps.push(step),
    });
    expect(counts).toEqual({ created: 151, updated: 0, unchanged: 1, failed: 1 });
    expect(failures).toEqual([
      {
        index: 150,
        id: 'broken',
        status: 'failed',
        error: expect.objectContaining({ code: 'ARTICLE_LINE_INVALID' }),
      },
    ]);
    expect(results).toHaveLength(153);
    expect(results.find(({ index }) => index === 152)).toEqual({
      index: 152,
      id: 'mill/0',
      status: 'unchanged',
    });
    expect(results.find(({ index }) => index === 151)?.id).toMatch(/^api-[0-9a-f]{32}$/);
    expect(steps.map(({ done }) => done)).toEqual(Array.from({ length: 153 }, (_, i) => i + 1));
    expect(steps.at(-1)).toMatchObject({ counts, total: null });
    expect((await collect(client.listArticles({ tag: 'mills' }))).length).toBe(150);
  });

  test('sends an article that is too long for a batch alone, and waits for its task', async () => {
    const text = `${words('millstone')}\n\n`.repeat(3_000);
    expect(text.length).toBeGreaterThan(512 * 1024);
    const results: AddedArticle[] = [];
    const articles = [
      { id: 'a', text: words('a') },
      { id: 'book', text },
      { id: 'b', text: words('b') },
    ];
    await client.addArticles(articles, { onResult: (result) => results.push(result) });
    expect(results).toEqual(articles.map(({ id }, index) => ({ index, id, status: 'created' })));
    const tasks = await collect(client.listTasks());
    expect(tasks.map(({ state, articles_total }) => [state, articles_total])).toEqual([['succeeded', 1]]);
  });

  test('hands over a task, waits for it, and sees what failed', async () => {
    const { id } = await client.addArticlesAsTask([
      ...many(120),
      { id: 'broken' } as { id: string; text: string },
    ]);
    const steps: string[] = [];
    const task = await client.waitForTask(id, { onProgress: ({ state }) => steps.push(state) });
    expect(task).toMatchObject({
      state: 'succeeded',
      articles_total: 121,
      articles_done: 121,
      counts: { created: 120, updated: 0, unchanged: 0, failed: 1 },
      errors: [{ index: 120, error: { code: 'ARTICLE_LINE_INVALID' } }],
    });
    expect(steps.at(-1)).toBe('succeeded');
    expect(await client.cancelTask(id)).toMatchObject({ state: 'succeeded' });
    expect(await client.getTask(id)).toEqual(task);
    expect(await failureOf(client.waitForTask('none'))).toMatchObject({ code: 'TASK_NOT_FOUND' });
  });

  test('stops in the middle when it is told to: no more are begun', async () => {
    const controller = new AbortController();
    const results: AddedArticle[] = [];
    const failing = failureOf(
      client.addArticles(many(1_000), {
        signal: controller.signal,
        batchSize: 20,
        onResult: (result) => {
          results.push(result);
          if (results.length === 50) controller.abort(new Error('enough'));
        },
      }),
    );
    expect((await failing).message).toBe('enough');
    expect(results).toHaveLength(50);
    await until(() => service.logLines.length > 0);
    await new Promise((resolve) => setTimeout(resolve, 200));
    const there = await collect(client.listArticles());
    expect(there.length).toBeGreaterThanOrEqual(50);
    expect(there.length).toBeLessThanOrEqual(60);
  });

  test('calls off the task of a long article when it is told to', async () => {
    const { embedder } = service.archive;
    embedder.embedPassages = (_texts, signal) =>
      new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));
    const controller = new AbortController();
    const book = { id: 'book', text: `${words('millstone')}\n\n`.repeat(3_000) };
    const asked: string[] = [];
    const watched = new FihristClient({
      url: service.url,
      fetch: (url, init) => {
        asked.push(url);
        return fetch(url, init);
      },
    });
    const failing = failureOf(watched.addArticles([book], { signal: controller.signal }));
    await until(() => asked.some((url) => url.includes('/v1/tasks/')));
    controller.abort();
    expect(await failing).toMatchObject({ name: 'AbortError' });
    await until(() => service.tasks.list({ limit: 1 })[0]?.state === 'cancelled');
  });
});

describe('a client on a bad line', () => {
  let server: Server;
  let url = '';
  let closed = 0;
  const replies: Array<(res: ServerResponse, body: string) => void> = [];

  beforeAll(async () => {
    server = createServer(async (req, res) => {
      let body = '';
      for await (const chunk of req) body += String(chunk);
      res.once('close', () => {
        if (!res.writableFinished) closed += 1;
      });
      replies.shift()?.(res, body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  test('tells that nobody is there from a time that is over', async () => {
    const nobody = new FihristClient({ url: 'http://127.0.0.1:9', retries: 0 });
    const thrown = await failureOf(nobody.health());
    expect(thrown).toMatchObject({ code: 'CONNECTION_FAILED', status: null });
    expect(thrown.message).toMatch(/^http:\/\/127\.0\.0\.1:9 cannot be reached: .+\.$/);
    replies.push(() => {});
    const before = closed;
    const slow = new FihristClient({ url, timeoutMs: 50 });
    expect(await failureOf(slow.health())).toMatchObject({ code: 'TIMED_OUT', status: null });
    await until(() => closed > before);
  });

  test('sends again what broke in the middle of the reply, and what was not told of', async () => {
    const client = new FihristClient({ url });
    replies.push(
      (res) => {
        res.writeHead(200, { 'content-length': '100' });
        res.write('{"status"');
        setTimeout(() => res.destroy(), 20);
      },
      (res) => res.end('{"status": "ok", "version": "1"}'),
    );
    expect(await client.health()).toEqual({ status: 'ok', version: '1' });

    const bodies: string[] = [];
    const told = (index: number, id: string) =>
      `${JSON.stringify({ index, line: index + 1, id, status: 'created' })}\n`;
    replies.push(
      (res, body) => {
        bodies.push(body);
        res.write(told(1, 'b'));
        setTimeout(() => res.destroy(), 20);
      },
      (res, body) => {
        bodies.push(body);
        res.end(`${told(1, 'c')}${told(0, 'a')}{"counts":{}}\n`);
      },
    );
    const articles = ['a', 'b', 'c'].map((id) => ({ id, text: 'x' }));
    expect((await client.addArticles(articles)).counts).toMatchObject({ created: 3 });
    expect(
      bodies.map((body) => [...body.matchAll(/"id":"(\w)"/g)].map((match) => match[1]).join('')),
    ).toEqual(['abc', 'ac']);
  });

  test('sends one batch after the other on one connection', async () => {
    let connections = 0;
    server.on('connection', () => (connections += 1));
    const told = '{"index":0,"line":1,"id":"a","status":"created"}\n{"counts":{}}\n';
    for (let i = 0; i < 5; i += 1) replies.push((res) => res.end(told));
    const articles = Array.from({ length: 5 }, (_, i) => ({ id: `${i}`, text: 'x' }));
    const { counts } = await new FihristClient({ url }).addArticles(articles, { batchSize: 1 });
    expect(counts.created).toBe(5);
    expect(connections).toBeLessThanOrEqual(1);
  });

  test('hears of a stream that breaks in the middle', async () => {
    replies.push((res) => {
      res.setHeader('content-type', 'text/event-stream');
      res.write('event: text\ndata: {"text": "Ye"}\n\n');
      setTimeout(() => res.destroy(), 20);
    });
    const seen: string[] = [];
    const failing = failureOf(
      (async () => {
        for await (const { type } of new FihristClient({ url }).streamAnswer({ question: 'q' }))
          seen.push(type);
      })(),
    );
    expect(await failing).toMatchObject({ code: 'CONNECTION_FAILED' });
    expect(seen).toEqual(['text']);
  });
});
