import { describe, expect, it } from 'vitest';
import type { SearchResult } from '../../../src/search/search-passages.js';
import { toKeptTurn } from '../../../src/web/chat/transcript.js';
import { articlePage } from '../../../src/web/pages/article-page.js';
import { searchPage } from '../../../src/web/pages/search-page.js';
import { chatTurn } from '../../../src/web/parts/chat-turn.js';
import { pageShell } from '../../../src/web/parts/page-shell.js';
import { readSearchForm } from '../../../src/web/search-form.js';
import { readUiContext } from '../../../src/web/ui-context.js';
import { sampleArticle, sampleRelated, sampleResult } from '../http/sample-archive.js';
import { hostileTexts } from './hostile-texts.js';
import { requestWith } from './made-request.js';
import { madeWebServices } from './made-web-services.js';

/** Every page that shows what is in the archive, with one text in each place that a text can be in. */
function renderAll(text: string): string {
  const search = new URLSearchParams({ q: text, tag: text, from: text }).toString();
  const ui = readUiContext(requestWith({}), '/', search);
  const span = { start: 0, end: text.length };
  const hit = { ...sampleResult.hits[0]!, title: text, text, url: text, publishedAt: text };
  const hits = [{ ...hit, bestSentence: span, highlights: [span] }];
  const result: SearchResult = { ...sampleResult, hits };
  const passages = sampleArticle.passages.map((passage) => ({ ...passage, text, sentences: [span] }));
  const article = { ...sampleArticle, title: text, url: text, tags: [text], publishedAt: text, passages };
  const related = { ...sampleRelated, hits: hits.map((found) => ({ ...found, sameStory: null })) };
  const form = readSearchForm(ui.parameters);
  const turn = toKeptTurn(text, {
    status: 'answered',
    method: 'model',
    fallback: null,
    text: `${text}[1]`,
    citations: [
      {
        ...span,
        marker: { start: text.length, end: text.length + 3 },
        source: 1,
        passageId: hit.id,
        quote: span,
        verified: true,
      },
    ],
    sources: [{ number: 1, passage: hits[0]! }],
    standaloneQuestion: text,
    usage: null,
    language: 'en',
    search: result,
  });
  const mains = [
    searchPage(ui, form, { kind: 'found', result, tookMs: 1 }),
    articlePage(ui, { article, selected: passages[0] ?? null, related, question: text }),
    chatTurn(ui, turn),
  ];
  return mains
    .map((main) =>
      pageShell(ui, madeWebServices(), {
        title: text,
        current: null,
        kind: 'search',
        main,
        isSignedIn: false,
      }).toString(),
    )
    .join('');
}

/** Names of elements and attributes in order; what depends on the letters of a text is left out. */
function structureOf(markup: string): string {
  return [...markup.matchAll(/<(\/?[a-z][a-z0-9]*)((?:\s+[\w-]+(?:="[^"]*")?)*)\s*>/g)]
    .filter(([, name = '']) => !/^\/?(?:bdi|b|mark)$/.test(name))
    .map(([, name, attributes = '']) => `${name}${attributes.replace(/="[^"]*"/g, '')}`)
    .join('\n');
}

describe('pages that show hostile texts', () => {
  /** The same pages with a text that means no harm; one that is an address of the web is linked. */
  const harmlessOf = (text: string) =>
    renderAll(text.startsWith('https://') ? 'https://example.org/' : 'harmless');

  it.each(hostileTexts.map((text) => [text]))('have no other markup with %j', (text) => {
    const markup = renderAll(text);
    expect(structureOf(markup)).toBe(structureOf(harmlessOf(text)));
    expect(markup.match(/</g)).toHaveLength(
      structureOf(markup).split('\n').length +
        (markup.match(/<\/?(?:bdi|b|mark)[ >]|<!doctype/g) ?? []).length,
    );
    expect(markup).not.toMatch(/[\u0000\u202a-\u202e\u2066-\u2069\ufffe]|href="javascript/i);
  });

  it('link an address of the web, and no other', () => {
    expect(renderAll('https://example.org/')).toContain('href="https://example.org/"');
    expect(renderAll('javascript:alert(1)')).not.toContain('href="javascript');
  });
});
