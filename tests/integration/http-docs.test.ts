import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../unit/http/start-test-server.js';

const errorsPage = readFileSync(new URL('../../docs/errors.md', import.meta.url), 'utf8');
let service: TestServer;

beforeAll(async () => {
  service = await startTestServer({ errorsPage });
});
afterAll(() => service.server.close(1_000));

const get = (path: string, accept = '*/*') => fetch(service.url + path, { headers: { accept } });

describe('GET /docs/errors', () => {
  test.each([
    ['a browser', 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', 'text/html'],
    ['curl', '*/*', 'text/markdown'],
    ['who wants Markdown', 'text/markdown', 'text/markdown'],
    ['who likes Markdown better', 'text/html;q=0.5, text/markdown', 'text/markdown'],
    ['who wants something else', 'application/pdf', 'text/markdown'],
  ])('gives %s what it prefers', async (_who, accept, mediaType) => {
    const response = await get('/docs/errors', accept);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe(`${mediaType}; charset=utf-8`);
    expect(response.headers.get('vary')).toBe('accept');
  });

  test('has a place for the link of an error', async () => {
    const refused = await fetch(`${service.url}/v1/search`);
    const { error } = (await refused.json()) as { error: { link: string } };
    const [path = '', anchor = ''] = error.link.split('#');
    expect(await (await get(path, 'text/html')).text()).toContain(` id="${anchor}"`);
    expect(await (await get(path)).text()).toBe(errorsPage);
  });

  test('lets the page load nothing', async () => {
    const policy = (await get('/docs/errors', 'text/html')).headers.get('content-security-policy');
    expect(policy).toMatch(/^default-src 'none'; style-src 'sha256-[^']+';/);
  });
});

describe('GET /docs', () => {
  test('is a page whose scripts come from the service alone', async () => {
    const response = await get('/docs', 'text/html');
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    const policy = response.headers.get('content-security-policy')?.split('; ');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    const page = await response.text();
    expect(page.match(/<script/g)).toHaveLength(1);
    expect(page).toMatch(/<script type="module" src="\/docs\/viewer\.js"><\/script>/);
    expect(page).not.toMatch(/https?:|\son\w+=/);
    expect((await get('/docs/viewer.js')).headers.get('content-type')).toBe('text/javascript; charset=utf-8');
  });

  test('has no address in it that does not exist', async () => {
    const page = await (await get('/docs')).text();
    const addresses = [...page.matchAll(/(?:href|src|spec-url)="(\/[^"]*)"/g)].map((match) => match[1] ?? '');
    expect(addresses).toEqual(expect.arrayContaining(['/openapi.json', '/docs/errors', '/docs/viewer.js']));
    for (const address of addresses) expect((await get(address)).status).toBe(200);
  });
});

describe('GET /openapi.json', () => {
  test('names the version of the program', async () => {
    const response = await get('/openapi.json');
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(await response.json()).toMatchObject({ openapi: '3.1.1', info: { version: '1.2.3' } });
  });
});
