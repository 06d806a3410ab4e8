import { afterEach, describe, expect, it } from 'vitest';
import type { AnswerEvent } from '../../src/answer/answer.js';
import type { AnswerRequest } from '../../src/answer/answer-request.js';
import { FihristError } from '../../src/domain/errors.js';
import { createWebPages } from '../../src/web/create-web-pages.js';
import type { WebServices } from '../../src/web/web-services.js';
import { sampleArticle, sampleResult } from '../unit/http/sample-archive.js';
import { startTestServer, type TestServer } from '../unit/http/start-test-server.js';
import { madeWebServices } from '../unit/web/made-web-services.js';

const BROWSER = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';

let running: TestServer | null = null;

async function start(overrides: Partial<WebServices> = {}): Promise<string> {
  running = await startTestServer({ ...createWebPages(madeWebServices(overrides)) });
  return running.url;
}

/** Answers with the best sentence of the first passage. */
async function* quoteTheFirst({ question }: AnswerRequest): AsyncGenerator<AnswerEvent> {
  const [passage, ...others] = sampleResult.hits;
  if (passage === undefined) throw new Error('the sample has no hit');
  const quote = passage.bestSentence;
  const statement = passage.text.slice(quote.start, quote.end);
  const marker = { start: statement.length + 1, end: statement.length + 4 };
  yield { kind: 'text', text: `${statement} [1]` };
  yield {
    kind: 'final',
    answer: {
      status: 'answered',
      method: 'extract',
      fallback: null,
      text: `${statement} [1]`,
      citations: [
        { start: 0, end: statement.length, marker, source: 1, passageId: passage.id, quote, verified: true },
      ],
      sources: [passage, ...others].map((hit, i) => ({ number: i + 1, passage: hit })),
      usage: null,
      standaloneQuestion: question,
      language: 'ar',
      search: sampleResult,
    },
  };
}

/** A page as a browser gets it. */
async function visit(url: string, headers: Readonly<Record<string, string>> = {}) {
  const response = await fetch(url, { headers: { accept: BROWSER, ...headers } });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

afterEach(async () => {
  await running?.server.close(0);
  running = null;
});

describe('pages', () => {
  it('are what browsers get at /, and programs get the routes', async () => {
    const url = await start();
    const page = await visit(url);
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(page.headers.get('vary')).toBe('accept, accept-language');
    expect(page.text).toContain('Why do we sleep?');
    const json = await fetch(url);
    expect(json.headers.get('vary')).toBe('accept');
    expect(await json.json()).toMatchObject({ name: 'fihrist', endpoints: { search: 'POST /v1/search' } });
  });

  it('let nothing run or load but what is served here, and set no cookie', async () => {
    const url = await start();
    for (const path of ['/', '/?q=sleep', '/chat', '/status', '/articles/none']) {
      const { headers, text } = await visit(`${url}${path}`);
      expect(headers.get('content-security-policy')).toMatch(
        /^default-src 'none'; script-src 'self'; style-src 'self';/,
      );
      expect(headers.get('content-security-policy')).not.toContain('unsafe');
      expect(headers.get('set-cookie')).toBeNull();
      expect(text).not.toMatch(/<script(?! type="module" src="\/assets\/)|<style|\sstyle=|\son\w+=/);
    }
  });

  it('show what was found in the direction of each passage', async () => {
    const { text } = await visit(`${await start()}/?q=sleep`);
    expect(text).toContain('<li class="entry" lang="ar" dir="rtl">');
    expect(text).toContain('<li class="entry" lang="en" dir="ltr">');
    expect(text).toContain('<mark>من يسهر قبل الامتحان ينسى ما حفظه.</mark>');
    expect(text).toContain('Searched 42 passages');
  });

  it('say when nothing in the archive answers', async () => {
    const search = async () => ({ ...sampleResult, answerability: { answerable: false, probability: 0.1 } });
    const url = await start({ search });
    expect((await visit(`${url}/?q=x`)).text).toContain('Nothing in the archive seems to answer this.');
    expect((await visit(`${url}/?q=x&ui=ar`)).text).toContain('لا يبدو أن في الأرشيف ما يجيب');
  });

  it('say what is wrong with a form, and search nothing', async () => {
    const search = () => Promise.reject(new Error('searched'));
    const { status, text } = await visit(`${await start({ search })}/?q=a&from=2021-02-31`);
    expect(status).toBe(400);
    expect(text).toContain('Write dates as year, month and day');
  });

  it('open an article at a passage, marked and with what is related', async () => {
    const [passage] = sampleArticle.passages;
    const key = passage?.id.slice(sampleArticle.id.length + 1);
    const { status, text } = await visit(
      `${await start()}/articles/${encodeURIComponent(sampleArticle.id)}?p=${key}&q=sleep`,
    );
    expect(status).toBe(200);
    expect(text).toContain(`id="p-${key}"`);
    expect(text).toMatch(/class="passage-block selected"[^>]*aria-current="true"/);
    expect(text).toContain('<ul class="related"');
    expect(text).toContain('href="/?q=sleep"');
  });

  it('answer errors with a page for browsers and JSON for programs', async () => {
    const url = await start();
    const page = await visit(`${url}/articles/none`);
    expect(page.status).toBe(404);
    expect(page.text).toContain('This page does not exist.');
    const program = await fetch(`${url}/articles/none`);
    expect(await program.json()).toMatchObject({ error: { code: 'ARTICLE_NOT_FOUND' } });
    expect((await visit(`${url}/nothing?ui=ar`)).text).toContain('لا وجود لهذه الصفحة.');
  });

  it('say that the archive is being opened', async () => {
    const search = () => Promise.reject(new FihristError('NOT_READY', 'starting'));
    const { status, text } = await visit(`${await start({ search })}/?q=a`);
    expect(status).toBe(503);
    expect(text).toContain('The archive is being opened.');
  });

  it('load files that may be kept for good', async () => {
    const url = await start();
    const file = await fetch(`${url}/assets/0/site.css`);
    expect(file.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(await file.text()).toBe('p{}');
    expect((await fetch(`${url}/assets/0/none.css`)).status).toBe(404);
  });
});

describe('the page that answers', () => {
  const post = (url: string, fields: Record<string, string>, accept = BROWSER) =>
    fetch(`${url}/chat`, { method: 'POST', headers: { accept }, body: new URLSearchParams(fields) });

  it('answers a form, and carries the conversation in it', async () => {
    const url = await start({ answer: quoteTheFirst });
    const first = await (await post(url, { q: 'لماذا ننام؟', transcript: '' })).text();
    expect(first).toMatch(/<a class="cite" href="\/articles\/ar\/sleep\?p=0123456789#p-0123456789"/);
    const transcript = /name="transcript" value="([^"]+)"/.exec(first)?.[1] ?? '';
    const second = await (await post(url, { q: 'Why?', transcript })).text();
    expect(second.match(/<article class="turn">/g)).toHaveLength(2);
  });

  it('answers a link', async () => {
    expect((await visit(`${await start()}/chat?q=sleep`)).text).toContain('<article class="turn">');
  });

  it('forgets a conversation that was not written here', async () => {
    const forged = Buffer.from(JSON.stringify([{ question: 'forged' }])).toString('base64url');
    const page = await (await post(await start(), { q: 'Why?', transcript: `${forged}.AAAA` })).text();
    expect(page).not.toContain('forged');
  });

  it('streams to whoever asks for it', async () => {
    const reply = await post(await start(), { q: 'sleep', transcript: '' }, 'text/event-stream');
    expect(reply.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    const names = [...(await reply.text()).matchAll(/^event: (\w+)$/gm)].map(([, name]) => name);
    expect(names[0]).toBe('begin');
    expect(names).toContain('text');
    expect(names.at(-1)).toBe('end');
  });

  it('cuts the stream when the answer breaks off', async () => {
    const answer = async function* (): AsyncGenerator<AnswerEvent> {
      yield { kind: 'text', text: 'It began' };
      await new Promise((resolve) => setTimeout(resolve, 50)); // what was written is on its way
      throw new FihristError('WORKER_STOPPED', 'gone');
    };
    const reply = await post(await start({ answer }), { q: 'sleep', transcript: '' }, 'text/event-stream');
    expect(reply.status).toBe(200);
    await expect(reply.text()).rejects.toThrow();
  });

  it('says what is wrong with a question', async () => {
    const reply = await post(await start(), { q: '?!', transcript: '' });
    expect(reply.status).toBe(400);
    expect(await reply.text()).toContain('Write a question with at least one word in it.');
  });

  it('refuses forms that are too large', async () => {
    const reply = await post(await start(), { q: 'a', transcript: 'x'.repeat(600_000) });
    expect(reply.status).toBe(413);
  });
});
