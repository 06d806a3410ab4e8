import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AnswerEvent, FihristClient } from '../../src/client/fihrist-client.js';
import { FihristError as ServiceError } from '../../src/domain/errors.js';
import type { Gate } from '../../src/http/gate.js';
import { collect, failureOf } from '../unit/client/scripted-fetch.js';
import { type TestServer, until } from '../unit/http/start-test-server.js';
import { startAnsweringService } from './answering-service.js';
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
