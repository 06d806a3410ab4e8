import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium } from './find-chromium.js';
import { type RunningService, runProgram, startService } from './running-program.js';
import {
  DESKTOP,
  expectAccessible,
  launchBrowser,
  layoutShift,
  PHONE,
  SCREENSHOTS,
  visit,
} from './web-browser.js';

const ARTICLES = ['ar/al-jazari.md', 'en/coral-reefs.md'];
const ENGLISH = 'Why do corals turn white?';

const chromium = findChromium();

describe.skipIf(chromium === null)('signing in, in a browser', () => {
  let folder = '';
  let settings: Record<string, string> = {};
  let service: RunningService;
  let browser: Browser;
  let key: { readonly key: string; readonly id: string };
  const at = (place: string, parameters: Record<string, string> = {}) =>
    `${service.url}${place}?${new URLSearchParams(parameters)}`;

  const makeKey = async (...args: string[]) => {
    const { stdout } = await runProgram(['keys', 'create', '--json', '--name', 'reader', ...args], settings);
    return JSON.parse(stdout) as typeof key;
  };

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'fihrist-sign-in-'));
    const corpus = path.join(folder, 'corpus');
    await mkdir(corpus);
    await mkdir(SCREENSHOTS, { recursive: true });
    for (const file of ARTICLES) {
      await copyFile(path.join('corpus/articles', file), path.join(corpus, file.replace('/', '-')));
    }
    settings = { FIHRIST_CORPUS: corpus, FIHRIST_INDEX: path.join(folder, 'index'), FIHRIST_KEYS: 'on' };
    service = await startService(settings);
    key = await makeKey('--scope', 'search');
    browser = await launchBrowser(chromium ?? '');
  });
  afterAll(async () => {
    await browser?.close();
    await service?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it.each([
    ['en', 'desktop', { ...DESKTOP }],
    ['ar', 'desktop', { ...DESKTOP, colorScheme: 'dark' }],
    ['ar', 'phone', { ...PHONE }],
    ['en', 'phone', { ...PHONE, colorScheme: 'dark' }],
  ] as const)(
    'the page that asks for a key is accessible and in place: %s, %s',
    async (ui, shape, options) => {
      const { page, complaints, loaded, close } = await visit(browser, at('/status', { ui }), options);
      const photograph = (name: string) =>
        page.screenshot({ path: path.join(SCREENSHOTS, `${name}-${ui}-${shape}.png`) });
      const check = async () => {
        expect(await page.getAttribute('html', 'dir')).toBe(ui === 'ar' ? 'rtl' : 'ltr');
        expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(
          0,
        );
        expect(await layoutShift(page)).toBe(0);
        await expectAccessible(page);
      };
      expect(new URL(page.url()).pathname).toBe('/sign-in');
      await photograph('sign-in');
      await check();
      await page.fill('#key', 'fhr_0123456789abcdef_wrong');
      await page.keyboard.press('Enter');
      await page.locator('#problem').waitFor();
      expect(await page.inputValue('#key')).toBe('');
      await photograph('sign-in-problem');
      await check();
      await page.fill('#key', key.key);
      await page.keyboard.press('Enter');
      await page.waitForURL(at('/status', { ui }));
      await photograph('signed-in');
      await check();
      expect([...loaded.keys()].filter((url) => !url.startsWith(service.url))).toEqual([]);
      expect(complaints.filter((text) => !/status of 401/.test(text))).toEqual([]);
      await close();
    },
  );

  it.each([true, false])(
    'lets a reader in, around and out, with JavaScript: %s',
    async (javaScriptEnabled) => {
      const { page, close } = await visit(browser, at('/', { q: ENGLISH, ui: 'en' }), { javaScriptEnabled });
      await page.fill('#key', key.key);
      await page.click('.sign-in button');
      await page.waitForURL(at('/', { q: ENGLISH, ui: 'en' }));
      const [cookie, ...others] = await page.context().cookies();
      expect(others).toEqual([]);
      expect(cookie).toMatchObject({
        path: '/',
        httpOnly: true,
        sameSite: 'Strict',
        secure: false,
        expires: -1,
      });
      expect(key.key).not.toContain(cookie!.value);
      await page.click('.entry-links a');
      await page.waitForURL(/\/articles\//);
      await page.click('.back a');
      await page.click('.ask-this a');
      await page.locator('.turn').first().waitFor();
      await page.fill('#q', 'من صاحب ساعة الفيل؟');
      await page.click('.chat-form button');
      await page.locator('.turn:not([aria-busy])').nth(1).waitFor();
      await page.click('.masthead nav a');
      await page.waitForURL(at('/', { ui: 'en' }));
      await page.click('.sign-out button');
      await page.waitForURL(/\/sign-in/);
      expect(await page.context().cookies()).toEqual([]);
      // What was read is no step back away.
      await page.goBack();
      await page.waitForURL(/\/sign-in/);
      await close();
    },
  );

  it('shows a reader the part of the archive that the key is for', async () => {
    const narrow = await makeKey('--scope', 'search', '--filter', 'language=ar');
    const { page, close } = await visit(browser, at('/', { q: ENGLISH }));
    await page.fill('#key', narrow.key);
    await page.keyboard.press('Enter');
    await page.locator('.entry').first().waitFor();
    expect(await page.locator('.entry a[href^="/articles/coral"]').count()).toBe(0);
    await page.goto(at('/articles/coral-reefs-en'));
    expect(await page.locator('.page-error').count()).toBe(1);
    await close();
  });

  it('lets a reader ask on after the session is over, with the question that was written', async () => {
    const short = await makeKey('--scope', 'search');
    const { page, close } = await visit(browser, at('/chat', { ui: 'en' }));
    await page.fill('#key', short.key);
    await page.keyboard.press('Enter');
    await page.locator('.chat-form').waitFor();
    await runProgram(['keys', 'revoke', short.id], settings);
    await page.fill('#q', ENGLISH);
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/sign-in/);
    expect(await page.locator('#problem').textContent()).toContain('withdrawn');
    await page.fill('#key', key.key);
    await page.keyboard.press('Enter');
    await page.locator('.turn').waitFor();
    expect(await page.locator('.question').textContent()).toBe(ENGLISH);
    await close();
  });

  it('knows a reader again who comes by a link of another site, which itself can do nothing in his name', async () => {
    const other: Server = createServer((_, res) => {
      res.setHeader('content-type', 'text/html');
      res.end(`<a href="${at('/status', { ui: 'en' })}">in</a>
        <form method="post" action="${service.url}/sign-out"><button>out</button></form>`);
    });
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    // Another site than the service's, which is at 127.0.0.1.
    const elsewhere = `http://localhost:${(other.address() as AddressInfo).port}/`;
    const { page, close } = await visit(browser, at('/status', { ui: 'en' }));
    await page.fill('#key', key.key);
    await page.keyboard.press('Enter');
    await page.locator('.status').waitFor();
    await page.goto(elsewhere);
    await page.click('button');
    await page.waitForLoadState();
    expect(await page.locator('.page-error').count()).toBe(1);
    await page.goto(elsewhere);
    await page.click('a');
    await page.locator('.status').waitFor();
    expect(page.url()).toBe(at('/status', { ui: 'en' }));
    // Without a session it is asked for a key, and stays there.
    await page.click('.sign-out button');
    await page.goto(elsewhere);
    await page.click('a');
    await page.waitForURL(/\/sign-in.*again/);
    await page.locator('#key').waitFor();
    await close();
    other.closeAllConnections();
    await new Promise((resolve) => other.close(resolve));
  });

  it('is over after a restart, and begins anew', async () => {
    const { page, close } = await visit(browser, at('/status', { ui: 'en' }));
    await page.fill('#key', key.key);
    await page.keyboard.press('Enter');
    await page.locator('.status').waitFor();
    const port = new URL(service.url).port;
    await service.stop();
    service = await startService({ ...settings, FIHRIST_PORT: port });
    await page.reload();
    await page.waitForURL(/\/sign-in/);
    expect(await page.locator('#problem').textContent()).toContain('not signed in any more');
    expect(JSON.stringify(service.log)).not.toContain(key.key.slice(21));
    await close();
  });
});
