import { Agent, get } from 'node:http';
import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import type { HttpServer } from '../../src/http/create-http-server.js';
import type { HttpServerOptions } from '../../src/http/http-server-options.js';
import { sampleResult } from '../unit/http/sample-archive.js';
import { startTestServer, type TestServer, until } from '../unit/http/start-test-server.js';

const running: HttpServer[] = [];

async function start(overrides: Partial<HttpServerOptions> = {}, port = 0): Promise<TestServer> {
  const service = await startTestServer(overrides, port);
  running.push(service.server);
  return service;
}
afterEach(() => Promise.all(running.splice(0).map((server) => server.close(0))));

/** A search that answers when it is told to. */
function heldSearch() {
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const state = { started: 0, aborted: 0, release: () => release() };
  const search: HttpServerOptions['search'] = async (_request, { signal }) => {
    state.started += 1;
    signal?.addEventListener('abort', () => {
      state.aborted += 1;
    });
    await Promise.race([
      held,
      new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason))),
    ]);
    return sampleResult;
  };
  return { state, search };
}

function post(url: string, signal?: AbortSignal): Promise<Response> {
  return fetch(`${url}/v1/search`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"query": "sleep"}',
    ...(signal === undefined ? {} : { signal }),
  });
}

/** A bare connection, and everything that comes back over it. */
async function openSocket(
  port: number,
): Promise<{ socket: Socket; received: () => string; closed: () => boolean }> {
  const socket = connect(port, '127.0.0.1');
  let text = '';
  let closed = false;
  socket.on('data', (chunk) => {
    text += chunk.toString('utf8');
  });
  socket.on('close', () => {
    closed = true;
  });
  socket.on('error', () => {});
  await new Promise((resolve) => socket.once('connect', resolve));
  return { socket, received: () => text, closed: () => closed };
}

describe('a caller that goes away', () => {
  test('has its search aborted, and is logged as gone and not as an error', async () => {
    const { state, search } = heldSearch();
    const service = await start({ search });
    const leaving = new AbortController();
    const reply = post(service.url, leaving.signal).catch((error: Error) => error.name);
    await until(() => state.started === 1);
    leaving.abort();
    expect(await reply).toBe('AbortError');
    await until(() => state.aborted === 1 && service.logLines.length > 0);
    expect(service.logLines).toEqual([expect.objectContaining({ level: 30, status: null, aborted: true })]);
  });

  test('leaves searches of others alone, and a finished search is never aborted', async () => {
    const { state, search } = heldSearch();
    const service = await start({ search });
    const reply = post(service.url);
    await until(() => state.started === 1);
    state.release();
    expect((await reply).status).toBe(200);
    await until(() => service.logLines.length === 1);
    expect(state.aborted).toBe(0);
  });

  test('in the middle of its body is not answered and harms nobody', async () => {
    const service = await start();
    const { socket } = await openSocket(service.port);
    socket.write(
      'POST /v1/search HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{"q',
    );
    await new Promise((resolve) => setTimeout(resolve, 50));
    socket.destroy();
    await until(() => service.logLines.length > 0);
    expect(service.logLines).toEqual([expect.objectContaining({ status: null, aborted: true })]);
    expect((await fetch(`${service.url}/healthz`)).status).toBe(200);
  });
});

describe('closing', () => {
  test('lets a request under way finish and then refuses connections', async () => {
    const { state, search } = heldSearch();
    const service = await start({ search });
    const reply = post(service.url);
    await until(() => state.started === 1);
    const closing = service.server.close(5_000);
    setTimeout(state.release, 50);
    const response = await reply;
    expect([response.status, response.headers.get('connection')]).toEqual([200, 'close']);
    await closing;
    await expect(fetch(`${service.url}/healthz`)).rejects.toThrow();
  });

  test('answers a request that arrives on an open connection with SHUTTING_DOWN', async () => {
    const { state, search } = heldSearch();
    const service = await start({ search });
    const reply = post(service.url);
    const late = await openSocket(service.port);
    late.socket.write('GET /healthz HTTP/1.1\r\nHost: x\r\n');
    await until(() => state.started === 1);
    await new Promise((resolve) => setTimeout(resolve, 50));
    const closing = service.server.close(5_000);
    late.socket.write('\r\n');
    await until(late.closed);
    expect(late.received()).toMatch(/^HTTP\/1\.1 503 /);
    expect(late.received().toLowerCase()).toContain('connection: close');
    expect(late.received()).toContain('"SHUTTING_DOWN"');
    state.release();
    expect((await reply).status).toBe(200);
    await closing;
  });

  test('tells a probe that arrives on an open connection why it is not ready', async () => {
    const { state, search } = heldSearch();
    const service = await start({ search });
    const reply = post(service.url);
    const late = await openSocket(service.port);
    late.socket.write('GET /readyz HTTP/1.1\r\nHost: x\r\n');
    await until(() => state.started === 1);
    await new Promise((resolve) => setTimeout(resolve, 50));
    const closing = service.server.close(5_000);
    late.socket.write('\r\n');
    await until(late.closed);
    expect(late.received()).toMatch(/^HTTP\/1\.1 503 /);
    const { status, reasons } = JSON.parse(late.received().split('\r\n\r\n')[1] ?? '');
    expect(status).toBe('not_ready');
    expect(reasons).toEqual([{ code: 'SHUTTING_DOWN', message: 'the service is stopping' }]);
    state.release();
    await reply;
    await closing;
  });

  test('closes idle connections at once, used and unused ones', async () => {
    const service = await start();
    const agent = new Agent({ keepAlive: true });
    await new Promise<void>((resolve) => {
      get(`${service.url}/healthz`, { agent }, (response) => response.resume().once('end', () => resolve()));
    });
    const unused = await openSocket(service.port);
    const before = Date.now();
    await service.server.close(10_000);
    expect(Date.now() - before).toBeLessThan(2_000);
    await until(unused.closed);
    agent.destroy();
  });

  test('destroys what is still open after the grace, and aborts its search', async () => {
    const { state, search } = heldSearch();
    const service = await start({ search });
    const reply = post(service.url).catch(() => 'cut');
    await until(() => state.started === 1);
    const before = Date.now();
    await service.server.close(100);
    expect(Date.now() - before).toBeGreaterThanOrEqual(95);
    expect(await reply).toBe('cut');
    await until(() => state.aborted === 1);
  });

  test('twice is the same as once', async () => {
    const service = await start();
    await Promise.all([service.server.close(1_000), service.server.close(1_000)]);
    await service.server.close(1_000);
  });
});

describe('listening', () => {
  test('says which port is in use and how to choose another', async () => {
    const first = await start();
    const error = await start({}, first.port).catch((reason: unknown) => reason);
    expect(error).toMatchObject({
      code: 'PORT_IN_USE',
      details: { port: first.port, hint: `FIHRIST_PORT=${first.port + 1}` },
    });
    expect((error as Error).message).toContain(String(first.port));
    expect((await fetch(`${first.url}/healthz`)).status).toBe(200);
  });

  test('can be tried again after it failed', async () => {
    const first = await start();
    const { server } = await start();
    await server.close(0);
    await expect(start({}, first.port)).rejects.toMatchObject({ code: 'PORT_IN_USE' });
    await first.server.close(0);
    const { port } = await start({}, first.port);
    expect(port).toBe(first.port);
  });
});

describe('what is not HTTP', () => {
  test('is refused in the form of every other error', async () => {
    const service = await start();
    const { socket, received, closed } = await openSocket(service.port);
    socket.write('HELLO\r\n\r\n');
    await until(closed);
    const [head = '', body = ''] = received().split('\r\n\r\n');
    expect(head).toMatch(/^HTTP\/1\.1 400 Bad Request/);
    expect(head).toMatch(/X-Request-Id: [\da-f-]{36}/);
    expect(JSON.parse(body).error).toMatchObject({ code: 'INVALID_REQUEST', type: 'caller' });
  });

  test('is refused when its headers are too large', async () => {
    const service = await start();
    const { socket, received, closed } = await openSocket(service.port);
    socket.write(`GET / HTTP/1.1\r\nHost: x\r\nX-Long: ${'a'.repeat(20_000)}\r\n\r\n`);
    await until(closed);
    expect(received()).toContain('larger than 16 KB');
  });

  test('has its target refused when that is no path', async () => {
    const service = await start();
    const { socket, received } = await openSocket(service.port);
    socket.write('OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    await until(() => received().includes('INVALID_REQUEST'));
    expect(received()).toMatch(/^HTTP\/1\.1 400 /);
  });
});
