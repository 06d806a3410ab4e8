import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client, StreamableHTTPClientTransport, type Transport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import OpenAI from 'openai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  childEnvironment,
  PROGRAM,
  type RunningService,
  runProgram,
  startService,
} from './running-program.js';

const BRIDGE = `The old bridge

The stone bridge over the river was finished in 1566 after nine years of work by the builder Hayruddin. It has a
single arch of about thirty metres.`;

const MUSEUM = `---
title: متحف النسيج
url: https://archive.example/museum
tags: [history]
---

افتُتح متحف النسيج في بيت تاجر حرير قديم عام 1984، ويضم أكثر من ألفي قطعة من السجاد والمطرزات.`;

const cosine = (a: readonly number[], b: readonly number[]) =>
  a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);

describe('other software and the built program', () => {
  let folder: string;
  let settings: Record<string, string>;
  let service: RunningService;
  let openai: OpenAI;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'fihrist-e2e-'));
    const corpus = path.join(folder, 'articles');
    settings = { FIHRIST_INDEX: path.join(folder, 'index'), FIHRIST_CORPUS: corpus };
    await mkdir(corpus);
    await writeFile(path.join(corpus, 'bridge.txt'), BRIDGE);
    await writeFile(path.join(corpus, 'museum.md'), MUSEUM);
    service = await startService(settings);
    openai = new OpenAI({ baseURL: `${service.url}/v1`, apiKey: 'none', maxRetries: 0 });
  });
  afterAll(async () => {
    await service.stop();
    await rm(folder, { recursive: true });
  });

  describe('OpenAI', () => {
    it('embeds with the model that the archive is searched with, across languages', async () => {
      const input = ['The museum opened in 1984.', 'افتتح المتحف عام 1984.', 'The bridge has one arch.'];
      const { data, model, usage } = await openai.embeddings.create({ model: 'fihrist-e5-small', input });
      const [museum = [], translated = [], bridge = []] = data.map(({ embedding }) => embedding);
      expect(model).toBe('fihrist-e5-small');
      expect(museum).toHaveLength(384);
      expect(cosine(museum, museum)).toBeCloseTo(1, 5);
      expect(cosine(museum, translated)).toBeGreaterThan(cosine(museum, bridge) + 0.2);
      expect(usage.prompt_tokens).toBeGreaterThan(20);
      expect(usage.prompt_tokens).toBeLessThan(60);
    });

    it('embeds questions in their own way, when they are called so', async () => {
      const asked = { model: 'fihrist', input: 'When did the museum open?' };
      const ask = async (input_type?: 'query' | 'passage') => {
        const body: OpenAI.EmbeddingCreateParams & { input_type?: string } =
          input_type === undefined ? asked : { ...asked, input_type };
        return (await openai.embeddings.create(body)).data[0]?.embedding ?? [];
      };
      const [query, passage, plain] = [await ask('query'), await ask('passage'), await ask()];
      expect(plain).toEqual(passage);
      expect(cosine(query, passage)).toBeLessThan(0.9999);
    });

    it('finds a passage in the other language, with a score to go by', async () => {
      const { data } = await openai.vectorStores.search('fihrist', {
        query: 'In what year did the textile museum open?',
        filters: { type: 'eq', key: 'tags', value: 'history' },
      });
      expect(data.map(({ file_id: id, filename }) => [id, filename])).toEqual([['museum', 'متحف النسيج']]);
      expect(data[0]?.score).toBeGreaterThan(0.3);
      expect(data[0]?.attributes).toMatchObject({ language: 'ar', source: 'corpus' });
      const corpus = await openai.vectorStores.search('corpus', { query: 'bridge', max_num_results: 1 });
      expect(corpus.data[0]?.file_id).toBe('bridge');
    });
  });

  describe.each(['legacy', 'auto'] as const)('MCP (%s)', (mode) => {
    const overHttp = (): Transport => new StreamableHTTPClientTransport(new URL(`${service.url}/mcp`));
    const overStdio = (): Transport =>
      new StdioClientTransport({
        command: process.execPath,
        args: [PROGRAM, 'mcp'],
        env: childEnvironment(settings) as Record<string, string>,
        stderr: 'inherit',
      });

    it.each([
      ['Streamable HTTP', overHttp, () => service.url],
      ['standard input and output', overStdio, () => 'http://127.0.0.1:3000'],
    ])('searches and fetches over %s', async (_transport, open, address) => {
      const client = new Client({ name: 'test', version: '1' }, { versionNegotiation: { mode } });
      await client.connect(open());
      try {
        const found = await client.callTool({
          name: 'search',
          arguments: { query: 'متى اكتمل بناء الجسر؟' },
        });
        expect(found.structuredContent).toMatchObject({
          results: [
            { id: 'bridge', title: 'The old bridge', url: `${address()}/articles/bridge` },
            { id: 'museum', url: 'https://archive.example/museum' },
          ],
        });
        const article = await client.callTool({ name: 'fetch', arguments: { id: 'bridge' } });
        expect(article.structuredContent).toMatchObject({
          id: 'bridge',
          text: expect.stringContaining('1566'),
          url: `${address()}/articles/bridge`,
          metadata: { language: 'en', source: 'corpus' },
        });
        const { results } = found.structuredContent as { results: Array<{ url: string }> };
        const page = await fetch(service.url + new URL(results[0]?.url ?? '').pathname);
        expect(page.status).toBe(200);
        expect(await page.text()).toContain('The old bridge');
      } finally {
        await client.close();
      }
    });
  });

  it('says on standard error, and by its exit code, that there is no archive to speak of', async () => {
    const nowhere = path.join(folder, 'nowhere');
    const { code, stdout, stderr } = await runProgram(['mcp'], { ...settings, FIHRIST_INDEX: nowhere });
    expect(code).toBe(3);
    expect(stdout).toBe('');
    expect(stderr).toContain('(STORE_UNUSABLE)');
  });
});
