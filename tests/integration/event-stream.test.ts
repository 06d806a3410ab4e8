import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { EventStream } from '../../src/http/event-stream.js';
import { until } from '../unit/http/start-test-server.js';

async function serving(work: (stream: EventStream) => Promise<void>, heartbeatMs: number) {
  const server = createServer((_, res) => void work(new EventStream(res, { heartbeatMs })));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${port}`, close };
}

test('a stream on which nothing is said is kept open by comments, until it ends', async () => {
  const { url, close } = await serving(async (stream) => {
    await stream.send({ event: 'a', data: '1' });
    await new Promise((resolve) => setTimeout(resolve, 300));
    await stream.send({ data: '2' });
    stream.end();
  }, 50);
  const body = await (await fetch(url)).text();
  expect(body).toMatch(/^event: a\ndata: 1\n\n(?:: still here\n\n)+data: 2\n\n$/);
  close();
});

test('a stream waits for a slow reader, and no longer when that has gone', async () => {
  let sent = 0;
  let over = false;
  const { url, close } = await serving(async (stream) => {
    for (; sent < 200 && !over; sent++) await stream.send({ data: 'x'.repeat(200_000) });
    over = true;
    stream.end();
  }, 15_000);
  const gone = new AbortController();
  const response = await fetch(url, { signal: gone.signal });
  await response.body!.getReader().read();
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(sent).toBeLessThan(200);
  gone.abort();
  await until(() => over);
  close();
});
