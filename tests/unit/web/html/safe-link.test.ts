import { describe, expect, it } from 'vitest';
import { safeLink } from '../../../../src/web/html/safe-link.js';

describe('safeLink', () => {
  it('gives the address and the host that people know', () => {
    expect(safeLink('https://www.example.org/a b')).toEqual({
      href: 'https://www.example.org/a%20b',
      host: 'example.org',
    });
  });

  it.each([
    'javascript:alert(1)',
    ' JaVaScRiPt:alert(1)',
    'java\nscript:alert(1)',
    'data:text/html,<script>',
    'vbscript:x',
    'file:///etc/passwd',
    '//evil.example',
    '/articles/a',
    'https://bank.example@evil.example/',
    'no address',
    '',
  ])('links nothing for %j', (url) => {
    expect(safeLink(url)).toBeNull();
  });

  it('links nothing where there is none', () => {
    expect(safeLink(null)).toBeNull();
  });
});
