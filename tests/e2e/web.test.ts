import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium } from './find-chromium.js';
import { type RunningService, startService } from './running-program.js';
import {
  DESKTOP,
  expectAccessible,
  launchBrowser,
  layoutShift,
  PHONE,
  SCREENSHOTS,
  visit,
} from './web-browser.js';

const ARTICLES = ['ar/al-jazari.md', 'ar/coffee-history.md', 'en/printing-press.md', 'en/coral-reefs.md'];
const HOSTILE = {
  id: 'news/2024/hostile',
  title: '\u202e<script>document.title="owned"</script> عنوان " onclick="x',
  text: `The harbour master kept a parrot that could count to nine.\n\n${'ع'.repeat(400)} <img src=x onerror="document.title='owned'">`,
  url: 'https://example.org/?q="><script>document.title="owned"</script>',
};
const ARABIC = 'من صاحب ساعة الفيل؟';
const ENGLISH = 'Why do corals turn white?';

const chromium = findChromium();

describe.skipIf(chromium === null)('in a browser', () => {
  let folder = '';
  let service: RunningService;
  let browser: Browser;
  const at = (place: string, parameters: Record<string, string> = {}) =>
    `${service.url}${place}?${new URLSearchParams(parameters)}`;
  const photograph = (page: Page, name: string) =>
    page.screenshot({ path: path.join(SCREENSHOTS, `${name}.png`) });

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'fihrist-web-'));
    const corpus = path.join(folder, 'corpus');
    await mkdir(corpus);
    await mkdir(SCREENSHOTS, { recursive: true });
    for (const file of ARTICLES) {
      await copyFile(path.join('corpus/articles', file), path.join(corpus, file.replace('/', '-')));
    }
    await writeFile(path.join(corpus, 'hostile.jsonl'), `${JSON.stringify(HOSTILE)}\n`);
    service = await startService({ FIHRIST_CORPUS: corpus, FIHRIST_INDEX: path.join(folder, 'index') });
    browser = await launchBrowser(chromium ?? '');
  });
  afterAll(async () => {
    await browser?.close();
    await service?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const PAGES: ReadonlyArray<readonly [string, string, Record<string, string>]> = [
    ['home', '/', {}],
    ['results', '/', { q: ARABIC }],
    ['grouped', '/', { q: ENGLISH, group: 'article', lang: 'en', from: '2000-01-01' }],
    ['unanswered', '/', { q: 'What is the best recipe for lasagna?' }],
    ['nothing', '/', { q: ENGLISH, tag: 'none' }],
    ['problem', '/', { q: ENGLISH, from: 'x' }],
    ['article', '/articles/al-jazari-ar', { q: ARABIC }],
    ['chat', '/chat', {}],
    ['answer', '/chat', { q: ARABIC }],
    ['status', '/status', {}],
    ['missing', '/articles/none', {}],
  ];
  const SHAPES = [
    ['en', 'desktop', { ...DESKTOP }],
    ['ar', 'desktop', { ...DESKTOP, colorScheme: 'dark' }],
    ['ar', 'phone', { ...PHONE }],
    ['en', 'phone', { ...PHONE, colorScheme: 'dark' }],
    // A window of 1280 px at 200 %.
    ['ar', 'zoomed', { viewport: { width: 640, height: 450 }, deviceScaleFactor: 2 }],
  ] as const;

  describe.each(SHAPES)('%s, %s', (ui, shape, options) => {
    it.each(PAGES)(
      '%s is accessible, stays in place and within the window',
      async (name, place, parameters) => {
        const { page, complaints, loaded, close } = await visit(
          browser,
          at(place, { ...parameters, ui }),
          options,
        );
        await photograph(page, `${name}-${ui}-${shape}`);
        expect(await page.evaluate('[document.documentElement.lang, document.documentElement.dir]')).toEqual(
          ui === 'ar' ? ['ar', 'rtl'] : ['en', 'ltr'],
        );
        expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(
          0,
        );
        expect(await layoutShift(page)).toBe(0);
        await expectAccessible(page);
        expect([...loaded.keys()].filter((url) => !url.startsWith(service.url))).toEqual([]);
        // A browser says of the page itself when its status is an error.
        expect(complaints.filter((text) => !/status of 40[04]/.test(text))).toEqual([]);
        await close();
      },
    );
  });

  it.each([
    ['are all late', [150]],
    ['are there a moment later', [30]],
    ['of one script are late', [0, 300]],
    ['come one after the other', [0, 40, 80, 120]],
  ])('nothing moves on a first visit when fonts %s', async (_, delaysMs) => {
    for (const [, place, parameters] of PAGES.slice(0, 2)) {
      const { page, close } = await visit(browser, at(place, parameters), { fontDelaysMs: delaysMs });
      expect(await layoutShift(page), place).toBe(0);
      await close();
    }
  });

  it('what stands in for the fonts is as high as they are', async () => {
    const { page, close } = await visit(browser, at('/', { q: ARABIC }));
    const heightsOf = (family: string) =>
      page.evaluate<readonly number[]>(`(async () => {
        await document.fonts.load('1000px "${family}"');
        const context = document.createElement('canvas').getContext('2d');
        context.font = '1000px "${family}"';
        const { fontBoundingBoxAscent, fontBoundingBoxDescent } = context.measureText('a');
        return [fontBoundingBoxAscent, fontBoundingBoxDescent];
      })()`);
    for (const family of ['Markazi', 'Plex']) {
      const [ascent = 0, descent = 0] = await heightsOf(family);
      const [standInAscent, standInDescent] = await heightsOf(`${family} Stand-in`);
      expect(ascent + descent, family).toBeGreaterThan(1_000);
      expect(Math.abs(ascent - (standInAscent ?? 0)), family).toBeLessThan(2);
      expect(Math.abs(descent - (standInDescent ?? 0)), family).toBeLessThan(2);
    }
    await close();
  });

  it('nothing moves once the fonts are there', async () => {
    const { page, close } = await visit(browser, at('/'));
    for (const [, place, parameters] of PAGES) {
      await page.goto(at(place, parameters), { waitUntil: 'networkidle' });
      expect(await layoutShift(page), place).toBe(0);
    }
    await close();
  });

  it('the first page weighs at most 150 KB, and 300 KB with its fonts', async () => {
    const { loaded, close } = await visit(browser, at('/'));
    const sizeOf = (isCounted: (url: string) => boolean) =>
      [...loaded].reduce((sum, [url, size]) => sum + (isCounted(url) ? size : 0), 0);
    expect(sizeOf((url) => url.endsWith('.woff2'))).toBeGreaterThan(0);
    expect(sizeOf((url) => !url.endsWith('.woff2'))).toBeLessThanOrEqual(150_000);
    expect(sizeOf(() => true)).toBeLessThanOrEqual(300_000);
    await close();
  });

  it('follows the language of the browser, and switches', async () => {
    const { page, close } = await visit(browser, at('/', { q: ENGLISH }), { locale: 'ar-EG' });
    expect(await page.getAttribute('html', 'dir')).toBe('rtl');
    await page.click('.switch');
    expect(await page.getAttribute('html', 'dir')).toBe('ltr');
    expect(await page.inputValue('#q')).toBe(ENGLISH);
    await close();
  });

  it('searches by keys alone', async () => {
    const { page, close } = await visit(browser, at('/', { ui: 'ar' }));
    await page.keyboard.press('/');
    await page.keyboard.type(ENGLISH);
    expect(await page.evaluate("getComputedStyle(document.querySelector('#q')).direction")).toBe('ltr');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.entry');
    const focused = () => page.evaluate("document.activeElement.closest('.entry')?.querySelector('h2').id");
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    expect(await focused()).toBe('r2');
    await page.keyboard.press('ArrowUp');
    expect(await focused()).toBe('r1');
    await page.keyboard.press('Escape');
    expect(await page.evaluate('document.activeElement.id')).toBe('q');
    await page.keyboard.press('Escape');
    expect(await page.inputValue('#q')).toBe('');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/articles\/.*#p-/);
    expect(await page.locator('.selected').count()).toBe(1);
    expect(await page.locator('.selected').isVisible()).toBe(true);
    await close();
  });

  it('searches, reads and asks without JavaScript', async () => {
    const { page, close } = await visit(browser, at('/', { ui: 'en' }), { javaScriptEnabled: false });
    await page.fill('#q', ARABIC);
    await page.click('.search-form button');
    await page.click('.entry-links a');
    await page.waitForURL(/\/articles\/al-jazari-ar/);
    expect(await page.locator('.selected mark').count()).toBe(1);
    await page.click('.back a');
    await page.click('.ask-this a');
    expect(await page.locator('.turn').count()).toBe(1);
    await page.fill('#q', ENGLISH);
    await page.click('.chat-form button');
    expect(await page.locator('.turn').count()).toBe(2);
    await close();
  });

  it.each(['en', 'ar'])('answers while one stays in the page, interface in %s', async (ui) => {
    const { page, complaints, close } = await visit(browser, at('/chat', { ui }));
    for (const [i, question] of [ARABIC, ENGLISH].entries()) {
      await page.fill('#q', question);
      await page.keyboard.press('Enter');
      await page.locator('.turn:not([aria-busy])').nth(i).waitFor();
    }
    expect(new URL(page.url()).pathname).toBe('/chat');
    expect(await page.locator('.question').nth(0).getAttribute('dir')).toBe('rtl');
    expect(await page.locator('.question').nth(1).getAttribute('dir')).toBe('ltr');
    expect(await page.locator('#announcement').textContent()).not.toBe('');
    await expectAccessible(page);
    await photograph(page, `conversation-${ui}`);
    expect(complaints).toEqual([]);
    await close();
  });

  it('shows hostile articles as the text that they are', async () => {
    for (const place of [
      at('/', { q: 'harbour master parrot' }),
      at('/articles/news/2024/hostile'),
      at('/chat', { q: 'Who kept a parrot?' }),
    ]) {
      const { page, complaints, close } = await visit(browser, place, PHONE);
      expect(await page.title()).not.toBe('owned');
      expect(await page.locator('script:not([src]), img, a[href^="javascript"]').count()).toBe(0);
      expect(await page.evaluate('document.body.textContent.includes("\u202e")')).toBe(false);
      expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
      expect(complaints).toEqual([]);
      await photograph(page, `hostile-${new URL(place).pathname.split('/')[1] || 'search'}`);
      await close();
    }
  });
});
