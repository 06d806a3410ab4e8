import { afterEach, describe, expect, test } from 'vitest';
import { readKeyText } from '../../src/keys/key-text.js';
import { createWebPages } from '../../src/web/create-web-pages.js';
import { errorOf } from '../unit/http/read-error.js';
import { sampleArticle } from '../unit/http/sample-archive.js';
import {
  bearer,
  type GuardedServer,
  type GuardOptions,
  searchWith,
  startGuardedServer,
} from '../unit/http/start-guarded-server.js';
import { until } from '../unit/http/start-test-server.js';
import { madeWebServices } from '../unit/web/made-web-services.js';

const HTML = { accept: 'text/html' };
const OWN = { 'sec-fetch-site': 'same-origin' };
const running: GuardedServer[] = [];

/** The service with its pages, and a key that is asked for. */
async function start(options: GuardOptions = {}) {
  const service = await startGuardedServer({
    policy: 'on',
    pages: (readers) => createWebPages(madeWebServices({ readers })),
    ...options,
  });
  running.push(service);
  const go = (place: string, headers: Readonly<Record<string, string>> = {}, method = 'GET') =>
    fetch(service.url + place, { method, headers: { ...HTML, ...headers }, redirect: 'manual' });
  const send = (
    place: string,
    fields: Readonly<Record<string, string>>,
    headers: Readonly<Record<string, string>> = OWN,
  ) =>
    fetch(service.url + place, {
      method: 'POST',
      headers: { ...HTML, ...headers },
      body: new URLSearchParams(fields),
      redirect: 'manual',
    });
  const signIn = async (key: string, headers?: Readonly<Record<string, string>>) => {
    const [setCookie = ''] = (await send('/sign-in', { key }, headers)).headers.getSetCookie();
    return { cookie: setCookie.split(';', 1)[0] ?? '' };
  };
  return { ...service, go, send, signIn };
}
afterEach(() => Promise.all(running.splice(0).map(({ server }) => server.close(0))));

describe('without a session', () => {
  test.each([
    ['/', '/sign-in?to=%2F'],
    ['/?q=sleep+%26+dreams&page=2', '/sign-in?to=%2F%3Fq%3Dsleep%2B%2526%2Bdreams%26page%3D2'],
    ['/chat?q=why&ui=ar', '/sign-in?to=%2Fchat%3Fq%3Dwhy%26ui%3Dar&ui=ar'],
    ['/status', '/sign-in?to=%2Fstatus'],
    ['/articles/ar/none', '/sign-in?to=%2Farticles%2Far%2Fnone'],
    ['//evil.example', null],
    ['/articles//evil.example', '/sign-in?to=%2Farticles%2F%2Fevil.example'],
  ])('a browser that goes to %s is sent to sign in, and on from there', async (place, address) => {
    const { go } = await start();
    for (const method of ['GET', 'HEAD']) {
      const reply = await go(place, {}, method);
      expect([reply.status, reply.headers.get('location')]).toEqual([address === null ? 404 : 303, address]);
      expect(reply.headers.getSetCookie()).toEqual([]);
    }
  });

  test('programs get what they always got, and routes that are no pages send nobody anywhere', async () => {
    const { url, go } = await start();
    await errorOf(await fetch(`${url}/status`), 401, 'KEY_MISSING');
    await errorOf(await searchWith(url), 401, 'KEY_MISSING');
    expect((await fetch(url)).status).toBe(200);
    const reply = await go(`/v1/articles/${sampleArticle.id}`);
    expect([reply.status, reply.headers.get('location')]).toEqual([401, null]);
    expect((await go('/sign-in')).status).toBe(200);
  });

  test('a wrong key that a proxy adds is told of, and leads into no circle', async () => {
    const { go, makeKey, signIn } = await start();
    const session = await signIn((await makeKey()).text);
    expect((await go('/', { ...session, 'x-api-key': 'fhr_' })).status).toBe(401);
  });
});

describe('a key that is entered', () => {
  test('opens the pages and goes on to where the reader was going', async () => {
    const { go, send, makeKey } = await start();
    const { text } = await makeKey();
    const reply = await send('/sign-in', { key: ` ${text}\r\n`, to: '/?q=sleep&page=2' });
    expect([reply.status, reply.headers.get('location')]).toEqual([303, '/?q=sleep&page=2']);
    expect(reply.headers.get('cache-control')).toBe('no-store');
    const [setCookie] = reply.headers.getSetCookie();
    expect(setCookie).toMatch(/^fihrist-session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/);
    const cookie = setCookie!.split(';', 1)[0]!;
    for (const place of ['/', '/?q=sleep', '/chat', '/status', `/articles/${sampleArticle.id}`]) {
      const page = await go(place, { cookie });
      expect([place, page.status]).toEqual([place, 200]);
      expect(page.headers.get('cache-control')).toBe('no-store');
      const shown = await page.text();
      expect(shown).toContain('action="/sign-out"');
      expect(shown).not.toContain('No cookies');
    }
    expect((await go('/sign-in?to=/status', { cookie })).headers.get('location')).toBe('/status');
  });

  test('leads to no other site', async () => {
    const { send, makeKey } = await start();
    const { text } = await makeKey();
    for (const to of ['//evil.example', 'https://evil.example/', '/\\evil.example', '/.//evil.example']) {
      expect((await send('/sign-in', { key: text, to })).headers.get('location')).toBe('/');
    }
  });

  test('keeps the language that was chosen on the way', async () => {
    const { send, go, makeKey } = await start();
    const { text } = await makeKey();
    const page = await (await go('/sign-in?to=/chat%3Fui%3Den&ui=ar')).text();
    expect(page).toContain('name="to" value="/chat?ui=ar"');
    expect(page).toContain('action="/sign-in?ui=ar"');
    expect((await send('/sign-in?ui=ar', { key: text, to: '/chat?ui=ar' })).headers.get('location')).toBe(
      '/chat?ui=ar',
    );
  });

  test.each([
    ['en', 'There is no such key.', 'withdrawn on 1 January 2026', 'This key ended on', 'other things'],
    ['ar', 'لا وجود لهذا المفتاح.', 'أُلغي هذا المفتاح في ١ يناير ٢٠٢٦', 'انتهت مدة', 'لغير البحث'],
  ])('and does not fit is refused in %s, each in its own words', async (ui, wrong, revoked, ended, scope) => {
    const { send, makeKey, keyStore } = await start();
    const one = await makeKey();
    const withdrawn = await makeKey();
    await keyStore.revoke(withdrawn.key.id, Date.UTC(2026, 0, 1));
    const expired = await makeKey();
    await keyStore.add({ ...expired.key, id: '0123456789abcdef', expiresAtMs: Date.now() - 1 });
    const writing = await makeKey({ scopes: ['articles:write'] });
    const cases = [
      [one.text.slice(0, 21) + withdrawn.text.slice(21), 401, wrong],
      ['<script>', 401, wrong],
      [withdrawn.text, 401, revoked],
      [expired.text.replace(expired.key.id, '0123456789abcdef'), 401, ended],
      [writing.text, 403, scope],
    ] as const;
    for (const [key, status, words] of cases) {
      const reply = await send(`/sign-in?ui=${ui}`, { key, to: '/chat' });
      expect(reply.status).toBe(status);
      expect(reply.headers.getSetCookie()).toEqual([]);
      const page = await reply.text();
      expect(page).toContain(words);
      expect(page).toContain('name="to" value="/chat');
      expect(page).not.toContain(readKeyText(key)?.secret ?? '<script>');
    }
    expect((await send(`/sign-in?ui=${ui}`, { key: ' ' })).status).toBe(400);
  });

  test('wrongly is slowed down, by address, for right ones too, and however many come at once', async () => {
    const { send, makeKey } = await start({ wrongKeysPerMinute: 3 });
    const { text } = await makeKey();
    const tried = await Promise.all(Array.from({ length: 8 }, () => send('/sign-in', { key: 'wrong' })));
    expect(tried.map(({ status }) => status).sort()).toEqual([401, 401, 401, 429, 429, 429, 429, 429]);
    const refused = await send('/sign-in', { key: text });
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await refused.text()).toContain('Too many wrong keys');
  });

  test('rightly is not counted, however often', async () => {
    const { send, makeKey } = await start({ wrongKeysPerMinute: 2 });
    const { text } = await makeKey();
    for (let i = 0; i < 5; i += 1) expect((await send('/sign-in', { key: text })).status).toBe(303);
  });

  test('is in no log, nor is the token; whose it is and what came of it are', async () => {
    const { send, signIn, go, makeKey, keyStore, logLines } = await start();
    const { key, text } = await makeKey();
    const ended = await makeKey();
    await keyStore.revoke(ended.key.id, Date.now());
    const session = await signIn(text);
    await send('/sign-in', { key: ended.text });
    await send('/sign-in', { key: 'fhr_0123456789abcdef_wrong' });
    await go('/status', session);
    await send('/sign-out', {}, { ...OWN, ...session });
    const lines = () => logLines.filter(({ msg }) => msg === 'request');
    await until(() => lines().length >= 5);
    expect(
      lines().map(({ route, status, code, key_id, address }) => [route, status, code, key_id, address]),
    ).toEqual([
      ['signIn', 303, undefined, key.id, '127.0.0.1'],
      ['signIn', 401, 'KEY_REVOKED', ended.key.id, '127.0.0.1'],
      ['signIn', 401, 'KEY_INVALID', null, '127.0.0.1'],
      ['statusPage', 200, undefined, key.id, '127.0.0.1'],
      ['signOut', 303, undefined, key.id, '127.0.0.1'],
    ]);
    const logged = JSON.stringify(logLines);
    for (const one of [text, ended.text]) expect(logged).not.toContain(readKeyText(one)!.secret);
    expect(logged).not.toContain(session.cookie.split('=')[1]);
  });
});

describe('a session', () => {
  test('ends with its key, at once, and its reader is told why', async () => {
    const { go, signIn, makeKey, keyStore } = await start();
    const { key, text } = await makeKey();
    const session = await signIn(text);
    expect((await go('/', session)).status).toBe(200);
    await keyStore.revoke(key.id, Date.now());
    const reply = await go('/', session);
    expect([reply.status, reply.headers.get('location')]).toEqual([303, '/sign-in?to=%2F']);
    expect(await (await go('/sign-in?to=%2F', session)).text()).toContain('This key was withdrawn');
  });

  test('ends with a restart, and its reader is asked to sign in again', async () => {
    const before = await start();
    const { text } = await before.makeKey();
    const session = await before.signIn(text);
    const after = await start({ keyStore: before.keyStore });
    expect((await after.go('/', session)).status).toBe(303);
    expect(await (await after.go('/sign-in', session)).text()).toContain('not signed in any more');
  });

  test('ends when its reader signs out, and another one when he signs in again', async () => {
    const { go, send, signIn, makeKey } = await start();
    const { text } = await makeKey();
    const first = await signIn(text);
    const second = await signIn(text, { ...OWN, ...first });
    expect([(await go('/', first)).status, (await go('/', second)).status]).toEqual([303, 200]);
    const reply = await send('/sign-out?ui=ar', {}, { ...OWN, ...second });
    expect([reply.status, reply.headers.get('location')]).toEqual([303, '/sign-in?ui=ar']);
    expect(reply.headers.getSetCookie()).toEqual([
      'fihrist-session=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0',
    ]);
    expect((await go('/', second)).status).toBe(303);
  });

  test('sees what its key may see, and no more', async () => {
    const filters: unknown[] = [];
    const { go, signIn, makeKey } = await start({
      pages: (readers) =>
        createWebPages(
          madeWebServices({
            readers,
            article: async (_, { filter, scopes }) => {
              filters.push({ filter, scopes });
              return null;
            },
          }),
        ),
    });
    const { text } = await makeKey({ filter: { type: 'eq', key: 'tags', value: 'public' } });
    expect((await go('/articles/x', await signIn(text))).status).toBe(404);
    expect(filters).toEqual([
      { filter: expect.objectContaining({ key: 'tags', values: ['public'] }), scopes: ['search'] },
    ]);
  });

  test('over https is kept to https', async () => {
    const { send, go, makeKey } = await start({ trustedProxies: ['loopback'] });
    const { text } = await makeKey();
    const https = { 'x-forwarded-proto': 'https' };
    const [setCookie] = (await send('/sign-in', { key: text }, { ...OWN, ...https })).headers.getSetCookie();
    expect(setCookie).toMatch(
      /^__Host-fihrist-session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Secure$/,
    );
    const cookie = setCookie!.split(';', 1)[0]!;
    expect((await go('/', { cookie, ...https })).status).toBe(200);
    expect((await go('/', { cookie })).status).toBe(303);
    const planted = cookie.replace('__Host-', '');
    expect((await go('/', { cookie: planted, ...https })).status).toBe(303);
  });
});

describe('other sites', () => {
  const elsewhere: ReadonlyArray<Record<string, string>> = [
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { origin: 'https://evil.example' },
    { origin: 'null' },
    {},
  ];

  test.each(elsewhere)('sign nobody in and nobody out: %j', async (headers) => {
    const { send, go, signIn, makeKey } = await start();
    const { text } = await makeKey();
    const session = await signIn(text);
    const refused = await send('/sign-in', { key: text }, headers);
    expect([refused.status, refused.headers.getSetCookie()]).toEqual([403, []]);
    const out = await send('/sign-out', {}, { ...headers, ...session });
    expect([out.status, out.headers.getSetCookie()]).toEqual([403, []]);
    expect((await go('/', session)).status).toBe(200);
  });

  test.each(elsewhere)('ask nothing with the session of a reader: %j', async (headers) => {
    const { url, send, signIn, makeKey } = await start({ corsOrigins: ['https://evil.example'] });
    const session = await signIn((await makeKey()).text);
    // An origin that is on no list is refused, whoever asks.
    const refused = headers.origin === 'null' ? [403, 403] : [401, 303];
    const searched = await searchWith(url, { ...headers, ...session });
    const asked = await send('/chat', { q: 'Why do we sleep?' }, { ...headers, ...session });
    expect([searched.status, asked.status]).toEqual(refused);
  });

  test('that link to a page lead to where the browser looks again for its session, once', async () => {
    const { go } = await start();
    const from = { 'sec-fetch-site': 'cross-site' };
    const asked = await go('/sign-in?to=/status&ui=ar', from);
    expect(asked.headers.get('refresh')).toBe('0; url=/sign-in?to=%2Fstatus%3Fui%3Dar&again=1&ui=ar');
    expect((await go('/sign-in?to=%2Fstatus&again=1&ui=ar', from)).headers.get('refresh')).toBeNull();
    expect((await go('/sign-in?to=/status')).headers.get('refresh')).toBeNull();
  });
});

describe('scripts of the pages', () => {
  test('ask by the session what may be read, and write nothing', async () => {
    const { url, send, signIn, makeKey } = await start();
    const session = await signIn((await makeKey({ scopes: ['admin'] })).text);
    for (const own of [OWN, { origin: url }]) {
      expect((await searchWith(url, { ...own, ...session })).status).toBe(200);
      expect((await send('/chat', { q: 'Why do we sleep?' }, { ...own, ...session })).status).toBe(200);
    }
    const article = `${url}/v1/articles/${encodeURIComponent(sampleArticle.id)}`;
    expect((await fetch(article, { headers: { ...OWN, ...session } })).status).toBe(200);
    const gone = await fetch(article, { method: 'DELETE', headers: { ...OWN, ...session } });
    await errorOf(gone, 401, 'KEY_MISSING');
  });

  test('with a key of their own go by that', async () => {
    const { url, signIn, makeKey } = await start();
    const session = await signIn((await makeKey()).text);
    await errorOf(await searchWith(url, { ...OWN, ...session, ...bearer('fhr_') }), 401, 'KEY_INVALID');
  });
});

test('where no key is asked for, there is nothing to sign in to, and no cookie is ever set', async () => {
  const { go, send } = await start({ policy: 'off' });
  const replies = [
    await go('/'),
    await go('/chat', { cookie: `fihrist-session=${'x'.repeat(43)}` }),
    await go('/sign-in?to=/status'),
    await send('/sign-in', { key: 'anything', to: '/status' }),
    await send('/sign-out', {}),
  ];
  expect(replies.map(({ status, headers }) => [status, headers.get('location')])).toEqual([
    [200, null],
    [200, null],
    [303, '/status'],
    [303, '/status'],
    [303, '/sign-in'],
  ]);
  for (const { headers } of replies) expect(headers.getSetCookie()).toEqual([]);
  expect(await replies[0]!.text()).not.toContain('sign-out');
});
