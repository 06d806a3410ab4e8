import { MockLanguageModelV3 } from 'ai/test';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { askArchive } from '../../examples/ai-sdk/ask-archive.js';
import { FihristRetriever } from '../../examples/langchain/fihrist-retriever.js';
import type { Gate } from '../../src/http/gate.js';
import { startInterfacesServer } from '../unit/http/start-interfaces-server.js';
import type { TestServer } from '../unit/http/start-test-server.js';

let service: TestServer;
const authorizations: Array<string | undefined> = [];

beforeAll(async () => {
  const watching: Gate = {
    errorsOf: () => [],
    check: ({ req }) => {
      authorizations.push(req.headers.authorization);
    },
  };
  service = await startInterfacesServer({}, { gates: [watching] });
});
afterAll(() => service.server.close(1_000));

describe('the LangChain retriever', () => {
  test('finds documents in the order of the archive, with the sentence that answers', async () => {
    const retriever = new FihristRetriever({ url: service.url, limit: 2 });
    const documents = await retriever.invoke('water drives the clock');
    expect(documents).toHaveLength(2);
    expect(documents[0]).toMatchObject({
      id: 'en/clock:Water drives the clock. An elephant carries it.',
      pageContent: 'Water drives the clock. An elephant carries it.',
      metadata: {
        article_id: 'en/clock',
        title: 'The elephant clock',
        url: 'https://archive.example/en/clock',
        language: 'en',
        best_sentence: 'Water drives the clock.',
        published_at: '2019-02-01',
      },
    });
    expect(documents[0]?.metadata.score).toBeGreaterThan(documents[1]?.metadata.score ?? 1);
  });

  test('narrows by language and filter, and sends its key', async () => {
    const retriever = new FihristRetriever({
      url: service.url,
      apiKey: 'secret',
      languages: ['ar'],
      filters: { type: 'eq', key: 'tags', value: 'history' },
    });
    const [batch] = await retriever.batch(['elephant clock']);
    expect(batch?.map(({ metadata }) => metadata.article_id)).toEqual(['ar/clock', 'ar/clock']);
    expect(authorizations.at(-1)).toBe('Bearer secret');
  });

  test('fails with the words of the service', async () => {
    const retriever = new FihristRetriever({ url: service.url });
    await expect(retriever.invoke('…')).rejects.toThrow('query has no letter or digit to search for.');
  });
});

describe('the tool for the AI SDK', () => {
  const usage = {
    inputTokens: { total: 1, noCache: 1, cacheRead: 0, cacheWrite: 0 },
    outputTokens: { total: 1, text: 1, reasoning: 0 },
  };
  const call = (query: string) => ({
    content: [
      {
        type: 'tool-call' as const,
        toolCallId: query,
        toolName: 'archive',
        input: JSON.stringify({ query }),
      },
    ],
    finishReason: { unified: 'tool-calls' as const, raw: undefined },
    usage,
    warnings: [],
  });
  const say = (text: string) => ({
    content: [{ type: 'text' as const, text }],
    finishReason: { unified: 'stop' as const, raw: undefined },
    usage,
    warnings: [],
  });

  test('gives a model what the archive says, with numbers that go on', async () => {
    const model = new MockLanguageModelV3({
      doGenerate: [call('elephant clock'), call('sleep memories'), say('Jazari did [1].')],
    });
    const { text, sources } = await askArchive('Who built it?', { model, url: service.url });
    expect(text).toBe('Jazari did [1].');
    expect(sources.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(sources[0]).toEqual({
      number: 1,
      title: 'The elephant clock',
      url: 'https://archive.example/en/clock',
      text: 'Jazari built the elephant clock.',
    });
    const shown = JSON.stringify(model.doGenerateCalls.at(-1)?.prompt);
    expect(shown).toContain('Jazari built the elephant clock.');
    expect(shown).toContain('Sleep fixes memories.');
    expect(model.doGenerateCalls[0]?.tools).toMatchObject([{ name: 'archive' }]);
  });

  test('tells the model what went wrong', async () => {
    const model = new MockLanguageModelV3({ doGenerate: [call('…'), say('I could not search.')] });
    const { text, sources } = await askArchive('?', { model, url: service.url });
    expect(text).toBe('I could not search.');
    expect(sources).toEqual([]);
    expect(JSON.stringify(model.doGenerateCalls.at(-1)?.prompt)).toContain(
      'query has no letter or digit to search for.',
    );
  });
});
