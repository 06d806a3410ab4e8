import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FihristClient } from '../../src/client/fihrist-client.js';
import { failureOf } from '../unit/client/scripted-fetch.js';
import { until } from '../unit/http/start-test-server.js';

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
