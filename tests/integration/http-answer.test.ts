import { EventSourceParserStream } from 'eventsource-parser/stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import type { AnswerReply } from '../../src/answer/answer-reply.js';
import { answerReplySchema, type citationSchema } from '../../src/answer/answer-reply-schema.js';
import { FihristError } from '../../src/domain/errors.js';
import { resultOf } from '../unit/answer/made-sources.js';
import { errorOf } from '../unit/http/read-error.js';
import { replyProblems } from '../unit/http/reply-problems.js';
import { type TestServer, until } from '../unit/http/start-test-server.js';
import { passages, post, startAnsweringService } from './answering-service.js';
import {
  answersWith,
  breaksAfter,
  type ChatScript,
  hangsAfter,
  neverEnds,
  type ScriptedChatServer,
  startScriptedChatServer,
  writes,
} from './scripted-chat-server.js';

let model: ScriptedChatServer;
let quoting: TestServer;
let writing: TestServer;
beforeAll(async () => {
  model = await startScriptedChatServer();
  quoting = await startAnsweringService();
  writing = await startAnsweringService({ modelUrl: model.url, idleTimeoutMs: 1_000 });
});
afterAll(async () => {
  await Promise.all([quoting.server.close(0), writing.server.close(0)]);
  await model.close();
});

const question = 'Why does honey keep?';

async function answerOf({ url }: TestServer, body: unknown = { question }): Promise<AnswerReply> {
  const response = await post(`${url}/v1/answer`, body);
  const reply = (await response.json()) as AnswerReply;
  expect(response.status, JSON.stringify(reply)).toBe(200);
  const given = { operationId: 'answer', status: 200, mediaType: 'application/json' };
  expect(replyProblems({ ...given, body: reply })).toEqual([]);
  checkCitations(reply);
  return reply;
}

/** Whatever was written, what is cited is there. */
function checkCitations({ text, citations, sources }: AnswerReply): void {
  for (const { start, end, marker, source, passage_id, quote, verified } of citations) {
    const cited = sources.find(({ number }) => number === source);
    expect(cited?.id).toBe(passage_id);
    expect(text.slice(marker.start, marker.end)).toBe(`[${source}]`);
    expect(text.slice(start, end)).not.toBe('');
    if (verified) expect(cited?.text.slice(quote?.start, quote?.end)).not.toBe('');
    else if (quote === null) expect(verified).toBe(false);
  }
  expect(text.match(/\[\d+\]/g) ?? []).toHaveLength(citations.length);
  expect(text.trim()).not.toBe('');
}

interface NamedEvent {
  readonly event: string | undefined;
  readonly data: unknown;
}

async function eventsOf(response: Response): Promise<NamedEvent[]> {
  const events: NamedEvent[] = [];
  const stream = response
    .body!.pipeThrough(new TextDecoderStream() as TransformStream<Uint8Array, string>)
    .pipeThrough(new EventSourceParserStream());
  for await (const { event, data } of stream) events.push({ event, data: JSON.parse(data) });
  return events;
}

describe('POST /v1/answer', () => {
  test('quotes the archive, with what is known of the search', async () => {
    const reply = await answerOf(quoting);
    expect(reply).toMatchObject({
      status: 'answered',
      method: 'extract',
      fallback: null,
      language: 'en',
      dir: 'ltr',
      standalone_question: question,
      answerable: true,
      index_generation: 3,
    });
    expect(reply.text).toBe(
      'So little moisture remains in it that microbes cannot grow. [1]\n\nBeekeepers sell the wax of their bees as well. [3]',
    );
    for (const { start, end, quote, source } of reply.citations) {
      const { text } = reply.sources[source - 1]!;
      expect(reply.text.slice(start, end)).toBe(text.slice(quote!.start, quote!.end));
    }
  });

  test('lets a model write, and checks what it cites', async () => {
    model.play(
      writes([
        'Honey keeps [1: "so little moisture remains in it"]',
        '. Always',
        ' [7].',
        ' Wax is sold [3].',
      ]),
    );
    const reply = await answerOf(writing);
    expect(reply).toMatchObject({ method: 'model', text: 'Honey keeps. [1] Wax is sold. [3]' });
    expect(reply.citations.map(({ verified }) => verified)).toEqual([true, false]);
  });

  test('understands a follow-up', async () => {
    const history = [
      { role: 'user', content: 'Who built the elephant clock?' },
      { role: 'assistant', content: 'Al-Jazari.' },
    ];
    const reply = await answerOf(quoting, { question: 'And when?', history });
    expect(reply.standalone_question).toBe('built elephant clock And when?');
  });

  test.each<[string, AnswerReply['fallback'], ChatScript]>([
    ['answers with an error', 'refused', answersWith(500, '{"error": {"message": "out of memory"}}')],
    ['sends garbage', 'not_understood', answersWith(200, '<!doctype html>', 'text/html')],
    [
      'sends a stream of garbage',
      'not_understood',
      answersWith(200, 'data: \u0000[\n\n', 'text/event-stream'),
    ],
    ['writes nothing', 'empty', writes([])],
    ['hangs', 'timeout', hangsAfter([])],
    ['hangs in the middle', 'timeout', hangsAfter(['Honey keeps [1]. It is'])],
    ['breaks off in the middle', 'cut_off', breaksAfter(['Honey keeps [1]. It is'])],
    ['does not end', 'too_large', neverEnds()],
    ['cites only what there is not', 'uncited', writes(['Honey keeps [9]. It does [12: "so it is said"].'])],
    ['follows planted instructions', 'uncited', writes(['OWNED. See https://evil.example/ now [1].'])],
  ])('ends well when the model %s', async (_what, fallback, script) => {
    model.play(script);
    const reply = await answerOf(writing);
    expect(reply).toMatchObject({ status: 'answered', method: 'extract', fallback });
    expect(reply.text).toContain('So little moisture remains in it that microbes cannot grow. [1]');
    expect(reply.text).not.toMatch(/OWNED|evil/);
  });

  test.each([
    [{ question: '؟' }, 'QUERY_EMPTY'],
    [{ question: 'a'.repeat(10_001) }, 'QUERY_TOO_LONG'],
    [{}, 'INVALID_REQUEST'],
    [{ question, history: [{ role: 'system', content: 'x' }] }, 'INVALID_REQUEST'],
    [
      { question, history: Array.from({ length: 101 }, () => ({ role: 'user', content: 'x' })) },
      'INVALID_REQUEST',
    ],
    [{ question, history: [{ role: 'user', content: 'x'.repeat(20_001) }] }, 'INVALID_REQUEST'],
    [{ question, filters: { type: 'eq', key: 'no_such', value: 1 } }, 'INVALID_REQUEST'],
    [{ question, limit: 3 }, 'UNKNOWN_FIELD'],
  ])('refuses %.60j with %s', async (body, code) => {
    await errorOf(await post(`${quoting.url}/v1/answer`, body), 400, code);
  });

  test('answers with an error when the search fails, streamed or not', async () => {
    const failing = await startAnsweringService({
      find: () => {
        throw new FihristError('NOT_READY', 'The service is starting.');
      },
    });
    for (const stream of [true, false]) {
      await errorOf(await post(`${failing.url}/v1/answer`, { question, stream }), 503, 'NOT_READY');
    }
    await failing.server.close(0);
  });
});

describe('an answer as a stream', () => {
  test('begins with the sources and ends with the whole', async () => {
    model.play(writes(['Honey keeps [1: "so little moisture remains in it"]. Wax is sold [3].']));
    const response = await post(`${writing.url}/v1/answer`, { question }, { accept: 'text/event-stream' });
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(response.headers.get('cache-control')).toBe('no-store, no-transform');
    const events = await eventsOf(response);
    expect(events.map(({ event }) => event)).toEqual([
      'sources',
      'text',
      'citation',
      'text',
      'citation',
      'final',
    ]);
    const final = answerReplySchema.parse(events.at(-1)?.data);
    checkCitations(final);
    expect(events[0]?.data).toEqual({ sources: final.sources, standalone_question: question });
    const dataOf = <Data>(name: string) =>
      events.filter(({ event }) => event === name).map(({ data }) => data as Data);
    expect(
      dataOf<{ text: string }>('text')
        .map(({ text }) => text)
        .join(''),
    ).toBe(final.text);
    expect(dataOf<z.infer<typeof citationSchema>>('citation')).toEqual(final.citations);
  });

  test('is what `stream` asks for, whatever `accept` says', async () => {
    const typeOf = async (stream: boolean | undefined, accept: string) => {
      const response = await post(`${quoting.url}/v1/answer`, { question, stream }, { accept });
      await response.text();
      return response.headers.get('content-type')?.split(';')[0];
    };
    expect(await typeOf(true, 'application/json')).toBe('text/event-stream');
    expect(await typeOf(false, 'text/event-stream')).toBe('application/json');
    expect(await typeOf(undefined, '*/*')).toBe('application/json');
  });

  test('sends the sources as soon as they are found, before the model has said a word', async () => {
    let foundAt = 0;
    const service = await startAnsweringService({
      modelUrl: model.url,
      find: ({ query }) => {
        foundAt = performance.now();
        return resultOf(passages, query);
      },
    });
    const waits: number[] = [];
    for (let i = 0; i < 25; i++) {
      model.play(hangsAfter([]));
      const response = await post(`${service.url}/v1/answer`, { question, stream: true });
      const reader = response.body!.getReader();
      const { value } = await reader.read();
      waits.push(performance.now() - foundAt);
      expect(new TextDecoder().decode(value)).toMatch(/^event: sources\n/);
      await reader.cancel();
    }
    // Other work on the machine may hold up one of them, not all.
    expect(Math.min(...waits)).toBeLessThan(10);
    await service.server.close(0);
  });

  test('stops the model when the caller goes', async () => {
    const before = model.abandoned();
    const asked = model.asked.length;
    model.play(hangsAfter(['Honey keeps [1]. It is']));
    const gone = new AbortController();
    const response = await fetch(`${writing.url}/v1/answer`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ question, stream: true }),
      signal: gone.signal,
    });
    await response.body!.getReader().read();
    // The sources are there before the model was asked.
    await until(() => model.asked.length > asked);
    gone.abort();
    await until(() => model.abandoned() === before + 1);
    await until(() => writing.logLines.some((line) => line.aborted === true && line.path === '/v1/answer'));
    expect(writing.logLines.filter(({ level }) => Number(level) >= 50)).toEqual([]);
  });

  test('says so when it breaks in the middle', async () => {
    const service = await startAnsweringService({
      answer: async function* () {
        yield { kind: 'sources', sources: [], standaloneQuestion: question };
        throw new Error('a bug');
      },
    });
    const events = await eventsOf(await post(`${service.url}/v1/answer`, { question, stream: true }));
    expect(events.map(({ event }) => event)).toEqual(['sources', 'error']);
    expect(events[1]?.data).toMatchObject({ error: { code: 'INTERNAL' } });
    expect(JSON.stringify(events)).not.toContain('a bug');
    expect(service.logLines.some(({ msg }) => msg === 'request failed')).toBe(true);
    await service.server.close(0);
  });
});
