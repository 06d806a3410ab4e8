import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createWebPages } from '../../src/web/create-web-pages.js';
import { resultOf } from '../unit/answer/made-sources.js';
import { errorOf } from '../unit/http/read-error.js';
import { searchWith } from '../unit/http/start-guarded-server.js';
import { type TestServer, until } from '../unit/http/start-test-server.js';
import { madeWebServices } from '../unit/web/made-web-services.js';
import { type AnsweringOptions, passages, post, startAnsweringService } from './answering-service.js';
import {
  hangsAfter,
  type ScriptedChatServer,
  startScriptedChatServer,
  writes,
} from './scripted-chat-server.js';

/** One search at a time, and nobody waits for long. */
const ONE_SEARCH = { maxRunning: 1, targetWaitMs: 1, burstWaitMs: 1 };
const question = 'Why does honey keep?';

let model: ScriptedChatServer;
let service: TestServer | null = null;
beforeEach(async () => {
  model = await startScriptedChatServer();
});
afterEach(async () => {
  await service?.server.close(0);
  service = null;
  await model.close();
});

async function start(options: AnsweringOptions = {}): Promise<string> {
  service = await startAnsweringService({
    modelUrl: model.url,
    timeoutMs: 60_000,
    idleTimeoutMs: 60_000,
    guard: { searches: ONE_SEARCH, answers: 2 },
    ...options,
  });
  return service.url;
}

const ROUTES = [
  ['/v1/answer', { question }],
  ['/v1/answer', { question, stream: true }],
  ['/v1/chat/completions', { messages: [{ role: 'user', content: question }] }],
  ['/v1/chat/ui', { messages: [{ role: 'user', parts: [{ type: 'text', text: question }] }] }],
] as const;

describe('while a language model takes its time', () => {
  test.each(ROUTES)('searches go on with all the room that they have: %s %j', async (path, body) => {
    const url = await start();
    model.play(hangsAfter([]));
    const leaving = new AbortController();
    const { signal } = leaving;
    const init = { method: 'POST', headers: { 'content-type': 'application/json' }, signal };
    const hanging = [1, 2].map(() =>
      fetch(url + path, { ...init, body: JSON.stringify(body) }).then(
        (reply) => reply.text().catch(() => 'left'),
        () => 'left',
      ),
    );
    await until(() => model.asked.length === 2);
    for (let i = 0; i < 20; i++) expect((await searchWith(url)).status).toBe(200);
    leaving.abort();
    await Promise.all(hanging);
  });

  test.each(ROUTES)(
    'answers beyond their number are turned away at once, with when to come again: %s %j',
    async (path, body) => {
      const url = await start();
      model.play(hangsAfter(['Honey ']));
      const hanging = [new AbortController(), new AbortController()];
      for (const { signal } of hanging) {
        void fetch(url + path, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
          signal,
        }).catch(() => {});
        await until(() => model.asked.length > hanging.findIndex((one) => one.signal === signal));
      }
      const startedAt = performance.now();
      const refused = await post(url + path, body);
      expect(performance.now() - startedAt).toBeLessThan(2_000);
      expect(refused.headers.get('retry-after')).toBe('3');
      const { message, details } = await errorOf(refused, 503, 'OVERLOADED');
      expect(message).toBe(
        '2 answers are being written already, and not more at once (A_SETTING). Try again in 3 seconds.',
      );
      expect(details).toEqual({ limit: 2, setting: 'A_SETTING', retry_after_s: 3 });
      expect(model.asked).toHaveLength(2);

      // Whoever leaves gives back the place.
      hanging[0]!.abort();
      await until(() => model.abandoned() === 1);
      model.play(writes(['Microbes cannot grow in it [1: "microbes cannot grow"].']));
      await until(() => service!.logLines.some(({ aborted }) => aborted === true));
      expect((await post(url + path, body)).status).toBe(200);
      hanging[1]!.abort();
      await until(() => model.abandoned() === 2);
    },
  );

  test('a follow-up is made a question of its own without taking room from searches', async () => {
    const url = await start();
    model.play(hangsAfter([]));
    const leaving = new AbortController();
    const followUp = fetch(`${url}/v1/answer`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ question: 'And wax?', history: [{ role: 'user', content: question }] }),
      signal: leaving.signal,
    }).catch(() => 'left');
    await until(() => model.asked.length === 1);
    for (let i = 0; i < 5; i++) expect((await searchWith(url)).status).toBe(200);
    leaving.abort();
    await followUp;
  });

  test('the page waits for it longer than a search may take', async () => {
    const { answer } = madeWebServices();
    const url = await start({
      ...createWebPages(
        madeWebServices({
          answer: async function* (request, access) {
            await new Promise((resolve) => setTimeout(resolve, 300));
            yield* answer(request, access);
          },
        }),
      ),
      timeLimitsMs: { light: null, search: 50, answer: null, embedding: null, write: null },
    });
    const reply = await fetch(`${url}/chat?q=why`, { headers: { accept: 'text/html' } });
    expect([reply.status, await reply.text()]).toEqual([200, expect.stringContaining('class="turn"')]);
  });
});

describe('the search of an answer', () => {
  /** Searches that last until they are let go. */
  function heldSearches() {
    const held: Array<() => void> = [];
    return {
      held,
      search: (request: { readonly query: string }) =>
        new Promise<ReturnType<typeof resultOf>>((resolve) =>
          held.push(() => resolve(resultOf(passages, request.query))),
        ),
    };
  }

  test('has a place among all searches, and is turned away with them', async () => {
    const { held, search } = heldSearches();
    service = await startAnsweringService({ guard: { searches: ONE_SEARCH }, search });
    const { url } = service;
    const first = searchWith(url);
    await until(() => held.length === 1);
    const second = searchWith(url);
    await new Promise((resolve) => setTimeout(resolve, 50));
    await errorOf(await post(`${url}/v1/answer`, { question }), 503, 'OVERLOADED');
    held[0]!();
    await until(() => held.length === 2);
    held[1]!();
    expect([(await first).status, (await second).status]).toEqual([200, 200]);
  });

  test('takes the place of a search as long as it lasts', async () => {
    const { held, search } = heldSearches();
    service = await startAnsweringService({ guard: { searches: ONE_SEARCH }, search });
    const { url } = service;
    const answer = post(`${url}/v1/answer`, { question });
    await until(() => held.length === 1);
    const waiting = searchWith(url);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(held).toHaveLength(1);
    await errorOf(await searchWith(url), 503, 'OVERLOADED');
    held[0]!();
    expect((await answer).status).toBe(200);
    await until(() => held.length === 2);
    held[1]!();
    expect((await waiting).status).toBe(200);
  });

  test('without a language model, answers are as many as there is room for searches', async () => {
    service = await startAnsweringService({ guard: { searches: { maxRunning: 2 } } });
    const { url } = service;
    const replies = await Promise.all(
      Array.from({ length: 12 }, () => post(`${url}/v1/answer`, { question })),
    );
    expect(replies.map(({ status }) => status)).toEqual(Array.from({ length: 12 }, () => 200));
  });
});
