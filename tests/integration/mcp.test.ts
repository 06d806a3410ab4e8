import { request } from 'node:http';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { FihristError } from '../../src/domain/errors.js';
import type { SearchFilter } from '../../src/domain/search-filter.js';
import { FakeEmbedder } from '../../src/embedding/fake-embedder.js';
import type { Gate } from '../../src/http/gate.js';
import { checkNames } from '../../src/http/gates/check-names.js';
import { KnownNames } from '../../src/http/known-names.js';
import { replyFacts } from '../../src/http/reply-facts.js';
import { replyProblems } from '../unit/http/reply-problems.js';
import { interfacesOver, startInterfacesServer } from '../unit/http/start-interfaces-server.js';
import type { TestServer } from '../unit/http/start-test-server.js';

const ERAS = [
  ['2025', 'legacy'],
  ['2026-07-28', 'auto'],
] as const;

let service: TestServer;
const clients: Client[] = [];

beforeAll(async () => {
  const names = new KnownNames({
    listenHost: '127.0.0.1',
    allowedHosts: ['search.example'],
    corsOrigins: [],
  });
  service = await startInterfacesServer({}, { gates: [checkNames(names)] });
});
afterEach(async () => {
  for (const client of clients.splice(0)) await client.close();
});
afterAll(() => service.server.close(1_000));

async function connect(mode: 'legacy' | 'auto', { url } = service): Promise<Client> {
  const client = new Client({ name: 'test', version: '1' }, { versionNegotiation: { mode } });
  clients.push(client);
  await client.connect(new StreamableHTTPClientTransport(new URL(`${url}/mcp`)));
  return client;
}

/** A server whose archive only fails. */
function startBroken(failure: () => Error, logger = pino({ level: 'silent' })): Promise<TestServer> {
  const fail = async () => {
    throw failure();
  };
  return startInterfacesServer(interfacesOver(new FakeEmbedder(), logger), { search: fail, article: fail });
}

const textOf = ({ content }: Awaited<ReturnType<Client['callTool']>>) =>
  content.map((item) => (item.type === 'text' ? item.text : item.type));

describe.each(ERAS)('the MCP client of revision %s over Streamable HTTP', (revision, mode) => {
  test('speaks that revision', async () => {
    const client = await connect(mode);
    expect(client.getNegotiatedProtocolVersion()?.startsWith(revision)).toBe(true);
    expect(client.getServerVersion()).toMatchObject({ name: 'fihrist', version: '1.2.3' });
  });

  test('finds two tools that only read, with the shape of what they take and give', async () => {
    const { tools } = await (await connect(mode)).listTools();
    expect(tools.map(({ name }) => name)).toEqual(['search', 'fetch']);
    for (const { annotations, inputSchema, outputSchema } of tools) {
      expect(annotations).toMatchObject({ readOnlyHint: true, openWorldHint: false });
      expect(Object.keys(inputSchema.properties ?? {})).toHaveLength(1);
      expect(outputSchema).toMatchObject({ type: 'object' });
    }
    expect(tools[0]?.inputSchema).toMatchObject({ properties: { query: { type: 'string' } } });
    expect(tools[1]?.inputSchema).toMatchObject({ properties: { id: { type: 'string' } } });
  });

  test('searches: each article once, best first, never without an address', async () => {
    const found = await (await connect(mode)).callTool({
      name: 'search',
      arguments: { query: 'sleep memories' },
    });
    expect(found.structuredContent).toEqual({
      results: expect.arrayContaining([
        {
          id: 'notes/sleep 1',
          title: 'notes/sleep 1',
          url: 'https://search.example/articles/notes%2Fsleep%201',
        },
        { id: 'en/clock', title: 'The elephant clock', url: 'https://archive.example/en/clock' },
        { id: 'ar/clock', title: 'ساعة الفيل', url: 'https://archive.example/ar/clock' },
      ]),
    });
    const { results } = found.structuredContent as { results: Array<{ id: string }> };
    expect(results).toHaveLength(3);
    expect(results[0]?.id).toBe('notes/sleep 1');
    expect(textOf(found)).toEqual([JSON.stringify(found.structuredContent)]);
  });

  test('fetches what it found, whole', async () => {
    const client = await connect(mode);
    const article = await client.callTool({ name: 'fetch', arguments: { id: 'ar/clock' } });
    expect(article.structuredContent).toEqual({
      id: 'ar/clock',
      title: 'ساعة الفيل',
      text: 'بنى الجزري ساعة الفيل.\n\nكان الجزري مهندسًا.',
      url: 'https://archive.example/ar/clock',
      metadata: {
        language: 'ar',
        source: 'magazine',
        published_at: '2021-11-08',
        tags: 'history, تقنية',
      },
    });
    expect(textOf(article)).toEqual([JSON.stringify(article.structuredContent)]);
    const bare = await client.callTool({ name: 'fetch', arguments: { id: 'notes/sleep 1' } });
    expect(bare.structuredContent).toMatchObject({
      title: 'notes/sleep 1',
      url: 'https://search.example/articles/notes%2Fsleep%201',
      metadata: { language: 'en', source: 'notes' },
    });
  });

  test('is told in words what went wrong', async () => {
    const client = await connect(mode);
    const gone = await client.callTool({ name: 'fetch', arguments: { id: 'nowhere' } });
    expect(gone.isError).toBe(true);
    expect(textOf(gone)).toEqual(['ARTICLE_NOT_FOUND: No article has the id "nowhere".']);
    const empty = await client.callTool({ name: 'search', arguments: { query: '?' } });
    expect(textOf(empty)).toEqual(['QUERY_EMPTY: query has no letter or digit to search for.']);
  });

  test('is not told the inside of a bug', async () => {
    const logged: string[] = [];
    const broken = await startBroken(
      () => new Error('the password is 1234'),
      pino({ level: 'info' }, { write: (line: string) => logged.push(line) }),
    );
    try {
      const result = await (await connect(mode, broken)).callTool({
        name: 'search',
        arguments: { query: 'x' },
      });
      expect(result.isError).toBe(true);
      expect(textOf(result)).toEqual([
        'INTERNAL: Something went wrong that should not have; the log of the service has the details.',
      ]);
      expect(logged.join('')).toContain('the password is 1234');
    } finally {
      await broken.server.close(1_000);
    }
  });

  test('is told that the service is starting', async () => {
    const early = await startBroken(() => new FihristError('NOT_READY', 'The service is starting.'));
    try {
      const client = await connect(mode, early);
      for (const call of [
        { name: 'search', arguments: { query: 'x' } },
        { name: 'fetch', arguments: { id: 'x' } },
      ]) {
        expect(textOf(await client.callTool(call))).toEqual(['NOT_READY: The service is starting.']);
      }
    } finally {
      await early.server.close(1_000);
    }
  });

  test('sees what its key allows, and nothing else', async () => {
    const filter: SearchFilter = { type: 'in', key: 'language', values: ['ar'] };
    const ofKey: Gate = {
      errorsOf: () => [],
      check: ({ res }) => {
        replyFacts(res).caller = { keyId: 'k', scopes: ['search'], filter };
      },
    };
    const narrow = await startInterfacesServer({}, { gates: [ofKey] });
    try {
      const client = await connect(mode, narrow);
      const found = await client.callTool({ name: 'search', arguments: { query: 'elephant clock' } });
      expect(found.structuredContent).toMatchObject({ results: [{ id: 'ar/clock' }] });
      const other = await client.callTool({ name: 'fetch', arguments: { id: 'en/clock' } });
      expect(textOf(other)).toEqual(['ARTICLE_NOT_FOUND: No article has the id "en/clock".']);
    } finally {
      await narrow.server.close(1_000);
    }
  });
});

/** What a message of that revision says of itself. */
const MODERN = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientInfo': { name: 'test', version: '1' },
  'io.modelcontextprotocol/clientCapabilities': {},
};

describe('POST /mcp', () => {
  const ping = { jsonrpc: '2.0', id: 1, method: 'ping' };
  const headers = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };

  /** With a Host header of one's own, which fetch does not allow. */
  function post(
    extra: Record<string, string>,
    body: unknown = ping,
  ): Promise<{ status: number; text: string }> {
    return new Promise((resolve, reject) => {
      const sent = request(
        `${service.url}/mcp`,
        { method: 'POST', headers: { ...headers, ...extra } },
        (res) => {
          let text = '';
          res.setEncoding('utf8').on('data', (chunk: string) => {
            text += chunk;
          });
          res.on('end', () => resolve({ status: res.statusCode ?? 0, text }));
        },
      );
      sent.on('error', reject).end(JSON.stringify(body));
    });
  }

  test.each([
    [{ host: 'rebound.example' }, 'HOST_NOT_ALLOWED'],
    [{ host: 'rebound.example:3000', origin: 'http://rebound.example:3000' }, 'HOST_NOT_ALLOWED'],
    [{ origin: 'https://elsewhere.example' }, 'ORIGIN_NOT_ALLOWED'],
    [{ origin: 'null' }, 'ORIGIN_NOT_ALLOWED'],
  ])('refuses %j, which a web page can have sent', async (extra, code) => {
    const { status, text } = await post(extra);
    expect(status).toBe(403);
    expect(text).toContain(code);
  });

  test.each([
    [{}],
    [{ host: 'search.example', origin: 'https://search.example' }],
    [{ host: '192.168.1.5' }],
  ])('answers %j', async (extra: Record<string, string>) => {
    expect((await post(extra)).status).toBe(200);
  });

  test.each<[string, Record<string, string>, unknown, number]>([
    ['no message', {}, { jsonrpc: '1.0' }, 400],
    ['a message of a revision that its headers do not name', {}, { ...ping, params: { _meta: MODERN } }, 400],
    ['a caller who takes no answer', { accept: 'text/html' }, ping, 406],
    ['a body over the limit', {}, { ...ping, params: { text: 'x'.repeat(70_000) } }, 413],
    ['several messages at once', {}, [ping, { ...ping, id: 2 }], 200],
  ])('answers %s as the OpenAPI document says', async (_, extra, body, status) => {
    const reply = await post(extra, body);
    expect(reply.status).toBe(status);
    const given = { operationId: 'mcp', status, mediaType: 'application/json' };
    if (status !== 200) expect(replyProblems({ ...given, body: JSON.parse(reply.text) })).toEqual([]);
  });

  test('refuses a body over the limit, one of another type, and every other method', async () => {
    const huge = await post({}, { ...ping, params: { text: 'x'.repeat(70_000) } });
    expect(huge.status).toBe(413);
    expect((await post({ 'content-type': 'text/plain' })).status).toBe(415);
    const got = await fetch(`${service.url}/mcp`, { headers: { accept: 'text/event-stream' } });
    expect(got.status).toBe(405);
    expect(got.headers.get('allow')).toBe('POST');
  });
});
