import { afterEach, describe, expect, test } from 'vitest';
import { readKeyText } from '../../src/keys/key-text.js';
import { sendRaw } from '../unit/http/raw-request.js';
import { errorOf } from '../unit/http/read-error.js';
import { sampleArticle, sampleResult } from '../unit/http/sample-archive.js';
import {
  bearer,
  type GuardedServer,
  type GuardOptions,
  searchWith,
  startGuardedServer,
} from '../unit/http/start-guarded-server.js';
import { until } from '../unit/http/start-test-server.js';

const running: GuardedServer[] = [];

async function start(...options: Parameters<typeof startGuardedServer>): Promise<GuardedServer> {
  const service = await startGuardedServer(...options);
  running.push(service);
  return service;
}
afterEach(() => Promise.all(running.splice(0).map(({ server }) => server.close(0))));

/** The log line of the last request. */
async function lastLine({ logLines }: GuardedServer, requests: number) {
  const lines = () => logLines.filter(({ msg }) => msg === 'request');
  await until(() => lines().length >= requests);
  return lines().at(-1);
}

describe('without any key', () => {
  test('everything is answered, whatever is sent as a key', async () => {
    const { url } = await start();
    expect((await searchWith(url)).status).toBe(200);
    expect((await searchWith(url, bearer('sk-of-some-client'))).status).toBe(200);
  });

  test('everything is refused where keys are always asked for, but for what is public', async () => {
    const { url } = await start({ policy: 'on' });
    await errorOf(await searchWith(url), 401, 'KEY_MISSING');
    for (const path of ['/healthz', '/readyz', '/', '/docs/errors', '/openapi.json']) {
      expect([path, (await fetch(url + path)).status]).toEqual([path, 200]);
    }
  });
});

describe('a key', () => {
  test('is asked for from the moment that the first one is made, and lets its holder in', async () => {
    const { url, makeKey } = await start();
    expect((await searchWith(url)).status).toBe(200);
    const { text } = await makeKey();
    const refused = await searchWith(url);
    expect(refused.headers.get('www-authenticate')).toBe('Bearer realm="fihrist"');
    await errorOf(refused, 401, 'KEY_MISSING');
    expect((await searchWith(url, bearer(text))).status).toBe(200);
    expect((await searchWith(url, { authorization: `bearer  ${text}` })).status).toBe(200);
    expect((await searchWith(url, { 'x-api-key': text })).status).toBe(200);
    expect((await searchWith(url, { 'x-api-key': text, authorization: 'Basic dTpw' })).status).toBe(200);
  });

  test('is refused when it is wrong, revoked or expired, each in its own words', async () => {
    const { url, makeKey, keyStore } = await start();
    const one = await makeKey();
    const other = await makeKey();
    const short = await makeKey({ expiresAtMs: Date.now() + 60_000 });
    await keyStore.revoke(other.key.id, Date.now());
    const wrong = await searchWith(url, bearer(one.text.slice(0, 21) + other.text.slice(21)));
    expect(wrong.headers.get('www-authenticate')).toBe('Bearer realm="fihrist", error="invalid_token"');
    await errorOf(wrong, 401, 'KEY_INVALID');
    await errorOf(await searchWith(url, bearer(other.text)), 401, 'KEY_REVOKED');
    await errorOf(await searchWith(url, bearer('fhr_')), 401, 'KEY_INVALID');
    await errorOf(
      await searchWith(url, { ...bearer(one.text), 'x-api-key': short.text }),
      401,
      'KEY_INVALID',
    );
    const expired = await start({ keyStore });
    await keyStore.add({ ...short.key, id: '0123456789abcdef', expiresAtMs: Date.now() - 1 });
    const text = short.text.replace(short.key.id, '0123456789abcdef');
    await errorOf(await searchWith(expired.url, bearer(text)), 401, 'KEY_EXPIRED');
  });

  test('does not open what it was not made for', async () => {
    const { url, makeKey } = await start();
    const { key, text } = await makeKey({ scopes: ['articles:write'] });
    const response = await searchWith(url, bearer(text));
    expect(response.headers.get('www-authenticate')).toContain('error="insufficient_scope", scope="search"');
    const error = await errorOf(response, 403, 'KEY_SCOPE_MISSING');
    expect(error.message).toBe(`The key ${key.id} may "articles:write"; this needs "search".`);
    const admin = await makeKey({ scopes: ['admin'] });
    expect((await searchWith(url, bearer(admin.text))).status).toBe(200);
  });

  test('of a stranger is not told from one of nobody, whatever it is made of', async () => {
    const { url, makeKey } = await start();
    const { key } = await makeKey();
    for (const text of [
      '__proto__',
      'constructor',
      'null',
      `fhr_${key.id}_`,
      "' OR 1=1 --",
      'x'.repeat(8_000),
    ]) {
      await errorOf(await searchWith(url, { 'x-api-key': text }), 401, 'KEY_INVALID');
    }
  });
});

describe('the log', () => {
  test('tells of every use who, what, from where and with what outcome, and never the secret', async () => {
    const service = await start();
    const { key, text } = await service.makeKey();
    const narrow = await service.makeKey({ scopes: ['articles:write'] });
    const ended = await service.makeKey();
    await service.keyStore.revoke(ended.key.id, Date.now());

    await searchWith(service.url, bearer(text));
    expect(await lastLine(service, 1)).toMatchObject({
      key_id: key.id,
      route: 'search',
      path: '/v1/search',
      status: 200,
      address: '127.0.0.1',
    });
    await searchWith(service.url, bearer(narrow.text));
    expect(await lastLine(service, 2)).toMatchObject({
      key_id: narrow.key.id,
      status: 403,
      code: 'KEY_SCOPE_MISSING',
    });
    await searchWith(service.url, bearer(ended.text));
    expect(await lastLine(service, 3)).toMatchObject({
      key_id: ended.key.id,
      status: 401,
      code: 'KEY_REVOKED',
    });
    await searchWith(service.url, bearer('fhr_0123456789abcdef_wrong'));
    expect(await lastLine(service, 4)).toMatchObject({ key_id: null, status: 401, code: 'KEY_INVALID' });
    const logged = JSON.stringify(service.logLines);
    for (const one of [text, narrow.text, ended.text]) expect(logged).not.toContain(readKeyText(one)!.secret);
  });

  test('does not show a key that stands in the address, the path or the request id', async () => {
    const service = await start();
    const { key, text } = await service.makeKey();
    const { secret } = readKeyText(text)!;
    const places = [
      `/v1/search?key=${text}`,
      `/v1/articles/x?api_key=${text}`,
      `/v1/articles/${text}`,
      `/${text}?x=${text}`,
      `/healthz?access_token=${encodeURIComponent(text)}`,
      `/v1/passages/x/related?${text}=1`,
    ];
    for (const [i, place] of places.entries()) {
      await fetch(service.url + place, { headers: { 'x-request-id': text.slice(0, 64) } });
      await lastLine(service, i + 1);
    }
    const logged = JSON.stringify(service.logLines);
    expect(logged).not.toContain(secret);
    expect(logged).not.toContain(secret.slice(0, 30));
    expect(service.logLines[1]).toMatchObject({
      path: '/v1/articles/x',
      query: `api_key=fhr_${key.id}_[redacted]`,
      status: 401,
      code: 'KEY_IN_ADDRESS',
    });
    expect(service.logLines[2]).toMatchObject({ path: `/v1/articles/fhr_${key.id}_[redacted]`, status: 401 });
  });
});

describe('a key in the address', () => {
  test.each(['api_key', 'apikey', 'X-Api-Key', 'access_token', 'token'])(
    'is refused as ?%s=, with the way to send it, even when the header has it too',
    async (name) => {
      const { url, makeKey } = await start();
      const { text } = await makeKey();
      const response = await fetch(`${url}/v1/articles/x?${name}=whatever`, { headers: bearer(text) });
      const error = await errorOf(response, 401, 'KEY_IN_ADDRESS');
      expect(error.message).toContain('Authorization: Bearer');
      expect(JSON.stringify(error)).not.toContain('whatever');
    },
  );

  test('is refused under any name when it is one of ours, on every route', async () => {
    const { url, makeKey } = await start();
    const { text } = await makeKey();
    for (const path of ['/v1/passages/x/related?limit=', '/healthz?x=', '/?']) {
      await errorOf(await fetch(url + path + text), 401, 'KEY_IN_ADDRESS');
    }
  });
});

describe('ways around', () => {
  const paths = [
    '//v1/search',
    '/v1//search',
    '/V1/SEARCH',
    '/v1/search/',
    '/v1/./search',
    '/healthz/../v1/articles/x',
    '/healthz/..%2fv1/articles/x',
    '/v1%2fsearch',
    '/%76%31/articles/x',
    '/v1/articles/..%2f..%2fhealthz',
    '/v1/articles/x;/healthz',
    '/v1/articles/x%00',
    '/v1/articles/\u0001',
    '/v1/articles/x#/healthz',
    'http://127.0.0.1/v1/articles/x',
  ];
  test.each(paths)('lead nowhere: %s', async (path) => {
    const service = await start();
    await service.makeKey();
    for (const method of ['GET', 'HEAD', 'POST']) {
      const { status, text } = await sendRaw(
        service.port,
        `${method} ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`,
      );
      expect([400, 401, 404, 405]).toContain(status);
      expect(text).not.toContain(sampleResult.hits[0]!.text);
    }
  });

  test('by other methods, by HEAD and by headers that proxies use are closed, too', async () => {
    const { url, makeKey } = await start();
    await makeKey();
    const article = `${url}/v1/articles/${encodeURIComponent(sampleArticle.id)}`;
    expect((await fetch(article, { method: 'HEAD' })).status).toBe(401);
    for (const header of [
      'x-forwarded-for',
      'x-real-ip',
      'x-original-url',
      'x-rewrite-url',
      'x-http-method-override',
    ]) {
      await errorOf(await fetch(article, { headers: { [header]: '127.0.0.1' } }), 401, 'KEY_MISSING');
    }
    await errorOf(await fetch(article, { headers: { cookie: 'key=fhr_x' } }), 401, 'KEY_MISSING');
  });
});

describe('names and origins', () => {
  const withHost = (service: GuardedServer, host: string, more = '') =>
    sendRaw(service.port, `GET /v1/articles/x HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n${more}\r\n`);

  test.each([
    'localhost',
    'localhost:3000',
    'LOCALHOST',
    'app.localhost',
    '127.0.0.1:9',
    '192.168.1.7:3000',
    '[::1]:3000',
    'search.example.org',
    'Search.Example.org.:80',
  ])('are answered: Host: %s', async (host) => {
    const service = await start({ allowedHosts: ['search.example.org'] });
    expect(await withHost(service, host)).toMatchObject({ status: 404, code: 'ARTICLE_NOT_FOUND' });
  });

  test.each([
    'evil.example',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    'evil.example:3000',
    '',
    'a b',
    '[::1',
    'localhost@evil.example',
  ])('are refused: Host: %s', async (host) => {
    const service = await start();
    const { status, code } = await withHost(service, host);
    expect([status, code]).toEqual([403, 'HOST_NOT_ALLOWED']);
  });

  test('are not asked for where a key is shown, nor where nothing is to be had', async () => {
    const service = await start();
    const { text } = await service.makeKey();
    const shown = await withHost(service, 'proxy.example', `Authorization: Bearer ${text}\r\n`);
    expect(shown).toMatchObject({ status: 404, code: 'ARTICLE_NOT_FOUND' });
    expect(await withHost(service, 'proxy.example')).toMatchObject({ status: 401, code: 'KEY_MISSING' });
    const probe = await sendRaw(
      service.port,
      'GET /healthz HTTP/1.1\r\nHost: lb.example\r\nConnection: close\r\n\r\n',
    );
    expect(probe.status).toBe(200);
  });

  test('of other pages are refused, those of this service and of the list are answered', async () => {
    const options: GuardOptions = {
      corsOrigins: ['https://app.example'],
      allowedHosts: ['search.example.org'],
    };
    const { url, port } = await start(options);
    for (const origin of [
      'https://evil.example',
      'null',
      'file://',
      `http://localhost:${port + 1}`,
      'https://app.example.evil',
    ]) {
      await errorOf(await searchWith(url, { origin }), 403, 'ORIGIN_NOT_ALLOWED');
    }
    for (const origin of ['https://app.example', `http://127.0.0.1:${port}`, 'https://search.example.org']) {
      expect([origin, (await searchWith(url, { origin })).status]).toEqual([origin, 200]);
    }
  });
});

describe('browsers', () => {
  test('are told to load nothing, show it nowhere and guess no type, also with errors', async () => {
    const { url } = await start({ policy: 'on' });
    for (const response of [
      await fetch(`${url}/healthz`),
      await searchWith(url),
      await fetch(`${url}/nothing`),
    ]) {
      expect(response.headers.get('content-security-policy')).toBe(
        "default-src 'none';base-uri 'none';form-action 'none';frame-ancestors 'none'",
      );
      expect(response.headers.get('x-content-type-options')).toBe('nosniff');
      expect(response.headers.get('x-frame-options')).toBe('DENY');
      expect(response.headers.get('referrer-policy')).toBe('no-referrer');
      expect(response.headers.get('access-control-allow-origin')).toBeNull();
      expect(response.headers.get('x-powered-by')).toBeNull();
    }
  });

  test('may use the service from pages on the list, which need no key to ask whether they may', async () => {
    const { url } = await start({ corsOrigins: ['https://app.example'], policy: 'on' });
    const preflight = await fetch(`${url}/v1/search`, {
      method: 'OPTIONS',
      headers: {
        origin: 'https://app.example',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,content-type',
      },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-origin')).toBe('https://app.example');
    expect(preflight.headers.get('access-control-allow-headers')).toContain('authorization');
    const refused = await searchWith(url, { origin: 'https://app.example' });
    expect(refused.headers.get('access-control-allow-origin')).toBe('https://app.example');
    expect(refused.headers.get('vary')).toContain('Origin');
    await errorOf(refused, 401, 'KEY_MISSING');
    const other = await fetch(`${url}/v1/search`, {
      method: 'OPTIONS',
      headers: { origin: 'https://evil.example' },
    });
    expect(other.headers.get('access-control-allow-origin')).toBeNull();
  });
});
