import { DefaultChatTransport, readUIMessageStream, type UIMessage } from 'ai';
import OpenAI from 'openai';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ANSWER_WORDS } from '../../src/answer/answer-words.js';
import { resultOf } from '../unit/answer/made-sources.js';
import { errorOf } from '../unit/http/read-error.js';
import { replyProblems } from '../unit/http/reply-problems.js';
import type { TestServer } from '../unit/http/start-test-server.js';
import { passages, post, startAnsweringService } from './answering-service.js';
import {
  type ChatScript,
  hangsAfter,
  type ScriptedChatServer,
  startScriptedChatServer,
  writes,
  writesCounting,
} from './scripted-chat-server.js';

let service: TestServer;
beforeAll(async () => {
  service = await startAnsweringService({
    find: ({ query }) => resultOf(passages, query, !query.includes('Mars')),
  });
});
afterAll(() => service.server.close(0));

const question = 'Why does honey keep?';
const text =
  'So little moisture remains in it that microbes cannot grow. [1]\n\nBeekeepers sell the wax of their bees as well. [3]';

interface Annotation {
  readonly type: string;
  readonly url_citation: { start_index: number; end_index: number; title: string; url: string };
}

describe('the client of OpenAI', () => {
  const client = () => new OpenAI({ baseURL: `${service.url}/v1`, apiKey: 'none', maxRetries: 0 });
  const links = () => ['https://archive.example/honey', `${service.url}/articles/article-2`];

  test('gets an answer whose annotations mark their markers', async () => {
    const completion = await client().chat.completions.create({
      model: 'any-name',
      temperature: 0.3,
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: [{ type: 'text', text: question }] },
      ],
    });
    const given = { operationId: 'chatCompletions', status: 200, mediaType: 'application/json' };
    expect(replyProblems({ ...given, body: JSON.parse(JSON.stringify(completion)) })).toEqual([]);
    expect(completion.model).toBe('any-name');
    expect(completion.usage).toBeUndefined();
    const { message, finish_reason } = completion.choices[0]!;
    expect([message.content, finish_reason]).toEqual([text, 'stop']);
    expect(message.annotations?.map(({ url_citation }) => url_citation.url)).toEqual(links());
    const marked = message.annotations?.map(({ url_citation: { start_index, end_index } }) =>
      message.content?.slice(start_index, end_index),
    );
    expect(marked).toEqual(['[1]', '[3]']);
  });

  test('gets the same as a stream', async () => {
    const stream = await client().chat.completions.create({
      model: 'm',
      stream: true,
      stream_options: { include_usage: true },
      messages: [{ role: 'user', content: question }],
    });
    let content = '';
    const annotations: Annotation[] = [];
    const ends: Array<string | null> = [];
    const usages: unknown[] = [];
    for await (const { choices, ...chunk } of stream) {
      const [choice] = choices;
      content += choice?.delta.content ?? '';
      annotations.push(...((choice?.delta as { annotations?: Annotation[] } | undefined)?.annotations ?? []));
      if (choice !== undefined) ends.push(choice.finish_reason);
      usages.push(chunk.usage);
    }
    expect(content).toBe(text);
    expect(annotations.map(({ url_citation }) => url_citation.url)).toEqual(links());
    expect(ends.at(-1)).toBe('stop');
    // Nobody counted: no chunk says anything else.
    expect(new Set(usages)).toEqual(new Set([null]));
  });

  test('gets the sources that come nearest when there is no answer', async () => {
    const { choices } = await client().chat.completions.create({
      model: 'm',
      messages: [{ role: 'user', content: 'How far is Mars from here?' }],
    });
    expect(choices[0]?.message.content).toBe(ANSWER_WORDS.en.noAnswer);
    expect(choices[0]?.message.annotations).toHaveLength(3);
  });

  test('hears what is wrong with its request', async () => {
    const asking = (messages: OpenAI.ChatCompletionMessageParam[]) =>
      client().chat.completions.create({ model: 'm', messages });
    await expect(asking([{ role: 'assistant', content: 'Hello' }])).rejects.toThrow(
      /must end with one of role "user"/,
    );
    await expect(asking([])).rejects.toThrow(/messages must be/);
    const image = { type: 'image_url', image_url: { url: 'data:image/png;base64,' } } as const;
    await expect(asking([{ role: 'user', content: [image] }])).rejects.toMatchObject({ status: 400 });
  });

  test('has its question understood from what was said before', async () => {
    const searched: string[] = [];
    const other = await startAnsweringService({
      find: ({ query }) => {
        searched.push(query);
        return resultOf(passages, query);
      },
    });
    await new OpenAI({ baseURL: `${other.url}/v1`, apiKey: 'none' }).chat.completions.create({
      model: 'm',
      messages: [
        { role: 'user', content: 'من بنى ساعة الفيل؟' },
        { role: 'assistant', content: 'الجزري [1]' },
        { role: 'user', content: 'ومتى؟' },
      ],
    });
    expect(searched).toEqual(['بنى ساعة الفيل ومتى؟']);
    await other.server.close(0);
  });
});

describe('the Vercel AI SDK', () => {
  async function messageOf(asked: string): Promise<UIMessage> {
    const transport = new DefaultChatTransport({ api: `${service.url}/v1/chat/ui` });
    const stream = await transport.sendMessages({
      trigger: 'submit-message',
      chatId: 'chat',
      messageId: undefined,
      messages: [{ id: 'm1', role: 'user', parts: [{ type: 'text', text: asked }] }],
      abortSignal: undefined,
    });
    let last: UIMessage | undefined;
    for await (const message of readUIMessageStream({ stream, terminateOnError: true })) last = message;
    return last!;
  }

  test('reads text, sources and citations', async () => {
    const { role, parts } = await messageOf(question);
    expect(role).toBe('assistant');
    expect(parts.filter(({ type }) => type === 'text')).toMatchObject([{ text, state: 'done' }]);
    expect(parts.filter(({ type }) => type.startsWith('source-'))).toMatchObject([
      { type: 'source-url', url: 'https://archive.example/honey', title: 'Title 0' },
      { type: 'source-document', sourceId: passages[2]!.id, title: 'Title 2', mediaType: 'text/plain' },
    ]);
    const citations = parts.flatMap((part) => (part.type === 'data-citation' ? [part.data] : []));
    expect(citations).toMatchObject([
      { passage_id: passages[0]!.id, verified: true },
      { passage_id: passages[2]!.id, verified: true },
    ]);
    expect(parts.at(-1)).toMatchObject({ type: 'data-answer', data: { status: 'answered' } });
  });

  test('is told the nearest sources when there is no answer', async () => {
    const { parts } = await messageOf('How far is Mars from here?');
    expect(parts.filter(({ type }) => type.startsWith('source-'))).toHaveLength(3);
  });

  test('is spoken to as its protocol says', async () => {
    const message = { role: 'user', parts: [{ type: 'text', text: question }] };
    const response = await post(`${service.url}/v1/chat/ui`, { messages: [message] });
    expect(response.headers.get('x-vercel-ai-ui-message-stream')).toBe('v1');
    const body = await response.text();
    expect(body).toMatch(/^data: \{"type":"start"/);
    expect(body.endsWith('data: {"type":"finish"}\n\ndata: [DONE]\n\n')).toBe(true);
    await errorOf(await post(`${service.url}/v1/chat/ui`, { messages: [] }), 400, 'INVALID_REQUEST');
    await errorOf(await post(`${service.url}/v1/chat/ui`, {}), 400, 'INVALID_REQUEST');
  });

  test('is told when the answer breaks in the middle', async () => {
    const broken = await startAnsweringService({
      answer: async function* () {
        yield { kind: 'sources', sources: [], standaloneQuestion: question };
        throw new Error('a bug');
      },
    });
    const message = { role: 'user', parts: [{ type: 'text', text: question }] };
    const response = await post(`${broken.url}/v1/chat/ui`, { messages: [message] });
    expect(await response.text()).toMatch(
      /"type":"error","errorText":"Something went wrong[^"]*"\}\n\ndata: \[DONE\]/,
    );
    await broken.server.close(0);
  });
});

describe('the usage that the client of OpenAI hears of', () => {
  const CITED = ['Microbes ', 'cannot grow in it [1: "microbes cannot grow"].'];
  const took = (prompt_tokens: number, completion_tokens: number) => ({
    prompt_tokens,
    completion_tokens,
    total_tokens: prompt_tokens + completion_tokens,
  });
  let model: ScriptedChatServer;
  let written: TestServer;
  beforeAll(async () => {
    model = await startScriptedChatServer();
    written = await startAnsweringService({ modelUrl: model.url, idleTimeoutMs: 500 });
  });
  afterAll(async () => {
    await written.server.close(0);
    await model.close();
  });

  const ask = (messages: OpenAI.ChatCompletionMessageParam[]) => ({ model: 'm', messages });
  const FIRST = ask([{ role: 'user', content: question }]);
  const FOLLOW_UP = ask([
    { role: 'user', content: question },
    { role: 'assistant', content: 'Microbes cannot grow in it. [1]' },
    { role: 'user', content: 'And wax?' },
  ]);
  const client = () => new OpenAI({ baseURL: `${written.url}/v1`, apiKey: 'none', maxRetries: 0 });

  /** A model that first makes the question stand alone, and then answers. */
  const inTurn = (...scripts: readonly ChatScript[]): ChatScript => {
    let turn = 0;
    return (res, body) => scripts[turn++]?.(res, body);
  };
  const rewrites = (usage: unknown) => writesCounting(['What becomes of the wax of bees?'], usage);

  test.each<[string, ChatScript, typeof FIRST, ReturnType<typeof took> | null]>([
    ['is what its server tells', writesCounting(CITED, took(900, 25)), FIRST, took(900, 25)],
    [
      'is told when there is no answer, too',
      writesCounting(['NO_', 'ANSWER'], took(900, 4)),
      FIRST,
      took(900, 4),
    ],
    [
      'is that of the whole work for a follow-up',
      inTurn(rewrites(took(80, 9)), writesCounting(CITED, took(900, 25))),
      FOLLOW_UP,
      took(980, 34),
    ],
    ['is not there when the server does not tell', writes(CITED), FIRST, null],
    [
      'is not there when the server tells of a part',
      inTurn(rewrites(undefined), writesCounting(CITED, took(900, 25))),
      FOLLOW_UP,
      null,
    ],
    ['is not there when the model failed in the middle', hangsAfter(CITED), FIRST, null],
  ])('%s', async (_, script, body, usage) => {
    model.play(script);
    const completion = await client().chat.completions.create(body);
    expect(completion.usage ?? null).toEqual(usage);
    const given = { operationId: 'chatCompletions', status: 200, mediaType: 'application/json' };
    expect(replyProblems({ ...given, body: JSON.parse(JSON.stringify(completion)) })).toEqual([]);
  });

  test('comes at the end of a stream, in a chunk of its own, where it was asked for', async () => {
    for (const include_usage of [true, false]) {
      model.play(writesCounting(CITED, took(900, 25)));
      const stream = await client().chat.completions.create({
        ...FIRST,
        stream: true,
        stream_options: { include_usage },
      });
      const chunks: OpenAI.ChatCompletionChunk[] = [];
      for await (const chunk of stream) chunks.push(chunk);
      const last = chunks.at(-1)!;
      if (include_usage) {
        expect([last.choices, last.usage]).toEqual([[], took(900, 25)]);
        expect(new Set(chunks.slice(0, -1).map(({ usage }) => usage))).toEqual(new Set([null]));
      } else {
        expect(last.choices[0]?.finish_reason).toBe('stop');
        expect(chunks.some((chunk) => 'usage' in chunk)).toBe(false);
      }
    }
  });
});
