import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Html, html } from '../../../../src/web/html/html.js';
import { hostileTexts } from '../hostile-texts.js';

describe('html', () => {
  it('escapes what could begin markup, an entity or the end of an attribute', () => {
    expect(html`<p title="${'"\'`'}">${'<b>&amp;</b>'}</p>`.toString()).toBe(
      '<p title="&quot;&#39;&#96;">&lt;b&gt;&amp;amp;&lt;/b&gt;</p>',
    );
  });

  it('leaves what it made itself, alone and in lists', () => {
    const items = ['a', '<'].map((text) => html`<li>${text}</li>`);
    expect(html`<ul>${items}</ul>`.toString()).toBe('<ul><li>a</li><li>&lt;</li></ul>');
  });

  it('writes nothing for what is not there', () => {
    expect(html`<p${null}${undefined}${false}>${[]}</p>`.toString()).toBe('<p></p>');
    expect(html`${0}`.toString()).toBe('0');
  });

  it('cannot be made of markup by anything else', () => {
    const Forged = Html as unknown as new (made: symbol, markup: string) => Html;
    expect(() => new Forged(Symbol('made by html'), '<script>')).toThrow(TypeError);
  });

  it('takes an object that looks like HTML for text', () => {
    const forged = { toString: () => '<script>' } as unknown as string;
    expect(html`${forged}`.toString()).toBe('&lt;script&gt;');
  });

  it.each(hostileTexts.map((text) => [text]))('keeps %j in its place', (text) => {
    const markup = html`<p title="${text}">${text}</p>`.toString();
    const [, attribute = '', content = ''] = /^<p title="([^"]*)">([^<]*)<\/p>$/.exec(markup) ?? [];
    expect(attribute).toBe(content);
    expect(attribute).not.toMatch(/[<>"'`\u202a-\u202e\u2066-\u2069\u0000]/);
  });

  it('keeps any text in its place', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(html`<p title="${text}">${text}</p>`.toString()).toMatch(/^<p title="[^"<>]*">[^<>]*<\/p>$/);
      }),
    );
  });
});
