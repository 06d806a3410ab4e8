import { describe, expect, it } from 'vitest';
import { readReturnAddress } from '../../../src/web/return-address.js';

describe('the address to go back to', () => {
  it.each([
    '/',
    '/?q=%D9%84%D9%85%D8%A7%D8%B0%D8%A7+%D9%86%D9%86%D8%A7%D9%85&page=2',
    '/chat?q=a?b',
    '/status?ui=ar',
    '/articles/ar/chess-ar?p=0123456789&q=%23%26',
    '/articles/a%2Fb//c',
  ])('is kept: %s', (address) => {
    expect(readReturnAddress(address)).toBe(address);
  });

  it.each([
    null,
    '',
    'status',
    '//evil.example',
    '///evil.example/',
    '/\\evil.example',
    '\\\\evil.example',
    '/.//evil.example',
    '/articles/..//evil.example',
    '/%2e//evil.example',
    '/\t/evil.example',
    '\t//evil.example',
    ' //evil.example',
    '/\n/evil.example',
    'https://evil.example/',
    'https:evil.example',
    'javascript:alert(1)',
    'data:text/html,x',
    '//127.0.0.1:3000/status',
    '/sign-in',
    '/sign-in?to=/sign-in',
    '/sign-out',
    '/v1/articles/x',
    '/articles/../v1/articles/x',
    '/metrics',
  ])('becomes the first page: %j', (address) => {
    expect(readReturnAddress(address)).toBe('/');
  });

  it('keeps nothing that could break a header', () => {
    expect(readReturnAddress('/?q=a\r\nset-cookie:x=y')).toBe('/?q=aset-cookie:x=y');
    expect(readReturnAddress('/articles/"><script>?q=عربي')).toBe(
      '/articles/%22%3E%3Cscript%3E?q=%D8%B9%D8%B1%D8%A8%D9%8A',
    );
  });

  it('loses its parameters where they would make a request too long', () => {
    expect(readReturnAddress(`/chat?q=${'a'.repeat(4_000)}`)).toBe('/chat');
  });
});
