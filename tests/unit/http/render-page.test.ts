import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ERROR_CATALOGUE } from '../../../src/domain/error-catalogue.js';
import { type ErrorCode, FihristError } from '../../../src/domain/errors.js';
import { renderPage } from '../../../src/http/render-page.js';
import { toWireError } from '../../../src/http/wire-format.js';

const markdown = readFileSync(new URL('../../../docs/errors.md', import.meta.url), 'utf8');
const { html, contentSecurityPolicy } = renderPage(markdown, 'Errors');

describe('the page about errors, for browsers', () => {
  test('has a place for the link of every error, and no name twice', () => {
    const names = [...html.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]);
    expect(new Set(names).size).toBe(names.length);
    for (const code of Object.keys(ERROR_CATALOGUE) as ErrorCode[]) {
      const { link } = toWireError(new FihristError(code, 'It went wrong.')).error;
      expect(names).toContain(link.split('#')[1]);
    }
  });

  test('shows tables, code and quotations as such', () => {
    for (const part of ['<table>', '<pre><code class="language-json">', '<blockquote>']) {
      expect(html).toContain(part);
    }
    expect(html).not.toContain('## ');
  });

  test('has no script, and a style that its policy lets pass', () => {
    expect(html).not.toContain('<script');
    const style = /<style>(.*)<\/style>/s.exec(html)?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    expect(contentSecurityPolicy).toContain(`default-src 'none'; style-src 'sha256-${hash}';`);
  });
});
