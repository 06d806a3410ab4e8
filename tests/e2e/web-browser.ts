import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { setTimeout } from 'node:timers/promises';
import type { AxeResults } from 'axe-core';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { expect } from 'vitest';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export const SCREENSHOTS = new URL('screenshots/', import.meta.url).pathname;

export const DESKTOP = { viewport: { width: 1280, height: 900 } };
export const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };

/** As root, as in containers, Chromium runs without its sandbox only. */
export function launchBrowser(executablePath: string): Promise<Browser> {
  return chromium.launch({ executablePath, args: ['--no-sandbox'] });
}

export interface Visit {
  readonly page: Page;
  /** What went wrong in the page: errors, refusals of the content security policy. */
  readonly complaints: readonly string[];
  /** Every address that was asked for, with its size in bytes. */
  readonly loaded: ReadonlyMap<string, number>;
  close(): Promise<void>;
}

/**
 * A page in a browser of its own: nothing kept from before.
 * @param options.fontDelaysMs  How much later than otherwise fonts come, by turns. Default: not at all.
 */
export async function visit(
  browser: Browser,
  url: string,
  {
    fontDelaysMs = [],
    ...options
  }: BrowserContextOptions & { readonly fontDelaysMs?: readonly number[] } = {},
): Promise<Visit> {
  const context = await browser.newContext({ locale: 'en-GB', ...DESKTOP, ...options });
  let fonts = 0;
  if (fontDelaysMs.length > 0) {
    await context.route(/\.woff2$/, async (route) => {
      await setTimeout(fontDelaysMs[fonts++ % fontDelaysMs.length]);
      await route.continue();
    });
  }
  const page = await context.newPage();
  const complaints: string[] = [];
  const loaded = new Map<string, number>();
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => loaded.set(request.url(), 0));
  const sizes: Array<Promise<void>> = [];
  page.on('response', (response) => {
    sizes.push(
      response.body().then(
        (body) => void loaded.set(response.url(), body.length),
        () => {}, // a reply that is still under way when the page is left has no body to measure
      ),
    );
  });
  await page.addInitScript(`
    globalThis.layoutShifts = [];
    new PerformanceObserver((list) => {
      for (const { value } of list.getEntries()) globalThis.layoutShifts.push(value);
    }).observe({ type: 'layout-shift', buffered: true });
  `);
  await page.goto(url, { waitUntil: 'networkidle' });
  await Promise.all(sizes);
  return { page, complaints, loaded, close: () => context.close() };
}

/** Sum of all shifts of the layout so far (CLS). */
export function layoutShift(page: Page): Promise<number> {
  return page.evaluate('globalThis.layoutShifts.reduce((sum, shift) => sum + shift, 0)');
}

/** Holds a page to WCAG 2.2 AA and what axe calls best practices. Needs JavaScript. */
export async function expectAccessible(page: Page): Promise<void> {
  await page.evaluate(axeSource);
  const { violations } = await page.evaluate<AxeResults>('axe.run()');
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)).toEqual(
    [],
  );
}
