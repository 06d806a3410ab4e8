import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { bodyChunks } from '../../src/http/body-chunks.js';
import { liftArrivalLimit, limitArrival } from '../../src/http/limit-arrival.js';

const LIMIT_MS = 100;
let close = () => {};
afterEach(() => close());

/** A server that answers when the body is there. @returns what became of a body that arrives in two parts */
async function sendSlowly(onRequest: Parameters<typeof createServer>[1], pauseMs: number): Promise<string> {
  const server = createServer((req, res) => {
    limitArrival(req, res, { limitMs: LIMIT_MS, onLate: () => req.socket.destroy() });
    onRequest?.(req, res);
    req.resume().once('end', () => res.end('whole'));
  });
  close = () => void server.close();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return new Promise((resolve) => {
    const sending = request({ port, host: '127.0.0.1', method: 'POST' }, (reply) => {
      reply.setEncoding('utf8').once('data', resolve);
    });
    sending.once('error', () => resolve('cut'));
    sending.write('one');
    setTimeout(() => sending.end('two'), pauseMs);
  });
}

test('a body that arrives in time is read', async () => {
  expect(await sendSlowly(() => {}, 10)).toBe('whole');
});

test('a body that takes too long ends its connection', async () => {
  expect(await sendSlowly(() => {}, 5 * LIMIT_MS)).toBe('cut');
});

test('a body may take longer where the limit is lifted', async () => {
  expect(await sendSlowly((req) => liftArrivalLimit(req), 5 * LIMIT_MS)).toBe('whole');
});

test('answering may take longer than the body', async () => {
  const server = createServer((req, res) => {
    limitArrival(req, res, { limitMs: LIMIT_MS, onLate: () => req.socket.destroy() });
    req.resume().once('end', () => setTimeout(() => res.end('late'), 3 * LIMIT_MS));
  });
  close = () => void server.close();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const response = await fetch(`http://127.0.0.1:${port}`, { method: 'POST', body: 'all' });
  expect(await response.text()).toBe('late');
});

test('a body of any length must still come in: one that stalls is given up', async () => {
  const ends: string[] = [];
  const server = createServer(async (req, res) => {
    try {
      for await (const _ of bodyChunks(req, LIMIT_MS)) ends.push('chunk');
      res.end('whole');
    } catch {
      ends.push('given up');
    }
  });
  close = () => void server.close();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const sending = request({ port, host: '127.0.0.1', method: 'POST' });
  const cut = new Promise((resolve) => sending.once('error', resolve));
  sending.write('one');
  await cut;
  expect(ends).toEqual(['chunk', 'given up']);
});
