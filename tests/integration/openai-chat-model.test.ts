import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ModelFailure } from '../../src/answer/model-failure.js';
import { OpenaiChatModel, type OpenaiChatModelOptions } from '../../src/answer/openai-chat-model.js';
import { collectGarbage } from '../../src/memory/collect-garbage.js';
import { until } from '../unit/http/start-test-server.js';
import {
  answersWith,
  bomb,
  breaksAfter,
  type ChatScript,
  endsEarlyAfter,
  hangsAfter,
  neverEnds,
  type ScriptedChatServer,
  startScriptedChatServer,
  writes,
  writesAtOnce,
  writesCounting,
} from './scripted-chat-server.js';

let server: ScriptedChatServer;
beforeAll(async () => {
  server = await startScriptedChatServer();
});
afterAll(() => server.close());

const messages = [{ role: 'user', content: 'Why?' }] as const;

function modelOf(options: Partial<OpenaiChatModelOptions> = {}): OpenaiChatModel {
  return new OpenaiChatModel({ baseUrl: server.url, model: 'm-1', timeoutMs: 5_000, ...options });
}

async function written(script: ChatScript, options: Partial<OpenaiChatModelOptions> = {}) {
  server.play(script);
  const pieces: string[] = [];
  for await (const piece of modelOf(options).write(messages, new AbortController().signal))
    pieces.push(piece);
  return pieces;
}

async function failureOf(script: ChatScript, options: Partial<OpenaiChatModelOptions> = {}) {
  const error: unknown = await written(script, options).catch((reason: unknown) => reason);
  if (!(error instanceof ModelFailure)) throw error;
  return error;
}

describe('a language model behind a server', () => {
  test('is asked as the interface has it, with the key', async () => {
    expect(await written(writes(['Hon', 'ey ', 'عسل']), { key: 'k-123' })).toEqual(['Hon', 'ey ', 'عسل']);
    expect(server.asked.at(-1)).toEqual({
      body: {
        model: 'm-1',
        messages,
        stream: true,
        temperature: 0,
        stream_options: { include_usage: true },
      },
      authorization: 'Bearer k-123',
    });
    await written(writes(['a']), { baseUrl: `${server.url}/` });
    expect(server.asked.at(-1)?.authorization).toBeUndefined();
  });

  test('may have ended without [DONE], and may send its reply at once', async () => {
    expect(await written(writes(['a'], ''))).toEqual(['a']);
    expect(await written(writesAtOnce('whole'))).toEqual(['whole']);
  });

  test.each([
    ['temperature', 400],
    ['stream_options', 400],
    ['stream_options', 422],
  ])('may know nothing of %s and refuse it with %i', async (field, status) => {
    const choosy: ChatScript = (res, body) =>
      field in body
        ? answersWith(status, `{"error": {"message": "${field} is not supported"}}`)(res, body)
        : writes(['a'])(res, body);
    expect(await written(choosy)).toEqual(['a']);
    const others = ['temperature', 'stream_options'].filter((name) => name !== field);
    expect(Object.keys(server.asked.at(-1)!.body)).toEqual(['model', 'messages', 'stream', ...others]);
  });

  test('may refuse one field after the other, and is not asked for ever', async () => {
    const before = server.asked.length;
    const choosy: ChatScript = (res, body) => {
      const field = ['stream_options', 'temperature'].find((name) => name in body);
      answersWith(400, `{"error": "unknown field ${field ?? 'temperature'}"}`)(res, body);
    };
    expect(await failureOf(choosy)).toMatchObject({ reason: 'refused' });
    expect(server.asked.length - before).toBe(3);
  });

  test.each<[string, ChatScript, unknown]>([
    [
      'in a chunk at the end',
      writesCounting(['a'], { prompt_tokens: 12, completion_tokens: 3, total_tokens: 15 }),
      { promptTokens: 12, completionTokens: 3 },
    ],
    [
      'with the whole reply',
      writesAtOnce('a', { prompt_tokens: 12, completion_tokens: 3 }),
      { promptTokens: 12, completionTokens: 3 },
    ],
    ['not at all', writes(['a']), null],
    ['as null', writesCounting(['a'], null), null],
    ['as nonsense, which harms nothing', writesCounting(['a'], { prompt_tokens: -1 }), null],
    ['as other nonsense', writesCounting(['a'], 'many'), null],
  ])('tells what a reply took: %s', async (_, script, expected) => {
    server.play(script);
    const told: unknown[] = [];
    const { signal } = new AbortController();
    for await (const piece of modelOf().write(messages, signal, (usage) => told.push(usage))) {
      expect(piece).toBe('a');
    }
    expect(told).toEqual(expected === null ? [] : [expected]);
  });

  test.each<[string, string, ChatScript]>([
    ['refused', 'the server answers with 500', answersWith(500, '{"error": "broken"}')],
    ['refused', 'the server answers with 401', answersWith(401, 'no')],
    ['refused', 'overloaded', answersWith(200, 'data: {"error": "overloaded"}\n\n', 'text/event-stream')],
    ['not_understood', 'is not JSON', answersWith(200, '<html>hello</html>', 'text/html')],
    ['not_understood', 'is not JSON', answersWith(200, 'data: {"choices": [\n\n', 'text/event-stream')],
    ['not_understood', 'another form', answersWith(200, '{"text": "Honey"}')],
    ['empty', 'no text', writesAtOnce('')],
    ['cut_off', 'end mark', endsEarlyAfter(['a'])],
    ['cut_off', 'ended early', breaksAfter(['a'])],
  ])('fails with %s: %s', async (reason, message, script) => {
    const failure = await failureOf(script);
    expect([failure.reason, failure.message]).toEqual([reason, expect.stringContaining(message)]);
  });

  test('fails when it cannot be reached, and follows no redirection with the key', async () => {
    const closed = await startScriptedChatServer();
    await closed.close();
    const failure = await failureOf(writes([]), { baseUrl: closed.url });
    expect([failure.reason, failure.message]).toEqual([
      'unreachable',
      expect.stringContaining('ECONNREFUSED'),
    ]);
    const elsewhere: ChatScript = (res) => {
      res.statusCode = 307;
      res.setHeader('location', `${server.url}/elsewhere`);
      res.end();
    };
    expect((await failureOf(elsewhere, { key: 'k' })).reason).toBe('unreachable');
  });

  test('fails when nothing is heard for too long, or it takes too long', async () => {
    for (const script of [hangsAfter([]), hangsAfter(['a'])]) {
      const failure = await failureOf(script, { idleTimeoutMs: 80 });
      expect([failure.reason, failure.message]).toEqual(['timeout', 'nothing was heard for 80 ms']);
    }
    const failure = await failureOf(neverEnds(), { timeoutMs: 150, maxBytes: 1e12 });
    expect([failure.reason, failure.message]).toEqual(['timeout', 'no whole reply in 150 ms']);
  });

  test('fails when nothing is heard, whatever garbage is collected meanwhile', async () => {
    const collecting = setInterval(collectGarbage, 20);
    try {
      for (const script of [hangsAfter([]), hangsAfter(['a'])]) {
        expect((await failureOf(script, { idleTimeoutMs: 300 })).reason).toBe('timeout');
      }
    } finally {
      clearInterval(collecting);
    }
  });

  test('fails when it sends too much, also when that was packed small', async () => {
    expect((await failureOf(neverEnds(), { maxBytes: 100_000 })).reason).toBe('too_large');
    expect((await failureOf(bomb())).reason).toBe('too_large');
  });

  test('does not count the time that its reader takes', async () => {
    server.play(writes(['a', 'b']));
    const pieces: string[] = [];
    const model = modelOf({ idleTimeoutMs: 100 });
    for await (const piece of model.write(messages, new AbortController().signal)) {
      pieces.push(piece);
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    expect(pieces).toEqual(['a', 'b']);
  });

  test('is stopped when its reader stops or goes', async () => {
    const before = server.abandoned();
    server.play(hangsAfter(['a']));
    for await (const _ of modelOf().write(messages, new AbortController().signal)) break;
    await until(() => server.abandoned() === before + 1);
    const gone = new AbortController();
    const reading = (async () => {
      for await (const _ of modelOf().write(messages, gone.signal)) gone.abort(new Error('gone'));
    })();
    await expect(reading).rejects.toThrow('gone');
    await until(() => server.abandoned() === before + 2);
  });
});
