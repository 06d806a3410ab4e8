import { copyFile, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium } from './find-chromium.js';
import { type Consumer, makeConsumer } from './packed-client.js';
import { type RunningService, startService } from './running-program.js';
import { launchBrowser, visit } from './web-browser.js';

const ARTICLES = ['en/suez-canal.md', 'ar/suez-canal.md', 'ar/chess-ar.txt', 'ar/al-jazari.md'];
const page = await readFile('docs/client.md', 'utf8');
/** The programs of the page, with what they print. */
const programs = [...page.matchAll(/^```ts\n(.*?)^```\n\n```text\n(.*?)^```$/gms)].map((match) => ({
  title:
    page
      .slice(0, match.index)
      .match(/^#+ (.*)$/gm)
      ?.at(-1) ?? '',
  text: match[1] ?? '',
  printed: match[2] ?? '',
}));

let folder = '';
let service: RunningService;
let consumer: Consumer;

beforeAll(async () => {
  consumer = await makeConsumer();
  folder = await mkdtemp(path.join(tmpdir(), 'fihrist-client-'));
  const corpus = path.join(folder, 'corpus');
  for (const file of ARTICLES) {
    await mkdir(path.join(corpus, path.dirname(file)), { recursive: true });
    await copyFile(path.join('corpus/articles', file), path.join(corpus, file));
  }
  service = await startService({ FIHRIST_CORPUS: corpus, FIHRIST_INDEX: path.join(folder, 'index') });
});
afterAll(async () => {
  await service?.stop();
  await consumer?.remove();
  await rm(folder, { recursive: true, force: true });
});

describe('the client in the package', () => {
  it('is made of modules that import nothing but each other', async () => {
    expect(consumer.files).toContain('dist/client/fihrist-client.js');
    for (const file of consumer.files) {
      const text = await readFile(file, 'utf8');
      const imported = [...text.matchAll(/(?:from|import)\s*\(?\s*['"]([^'"]+)['"]/g)].map(
        (match) => match[1] ?? '',
      );
      for (const one of imported) {
        expect(one, file).toMatch(/^\.\/[\w-]+\.js$/);
        expect(consumer.files).toContain(`dist/client/${path.basename(one)}`);
      }
      expect(text, file).not.toMatch(/\b(?:require|process|Buffer)\b\s*[.(]/);
    }
  });

  it.each([
    [
      'a page, in the strictest of projects',
      {
        lib: ['ES2022', 'DOM'],
        module: 'ES2022',
        moduleResolution: 'Bundler',
        exactOptionalPropertyTypes: true,
        noUncheckedIndexedAccess: true,
        noImplicitOverride: true,
        verbatimModuleSyntax: true,
      },
    ],
    ['Node', { lib: ['ES2022'], types: ['node'] }],
  ])('has types that the compiler reads for %s', async (_name, options) => {
    await consumer.write(
      'main.ts',
      `import { FihristClient, type SearchFilter, type SearchHit, FihristError, type AnswerEvent } from 'fihrist/client';
       const filters: SearchFilter = { type: 'or', filters: [{ type: 'in', key: 'tags', value: ['a'] }] };
       export async function first(query: string, signal: AbortSignal): Promise<SearchHit | undefined> {
         const { hits } = await new FihristClient({ url: new URL('http://x'), key: 'k' }).search({ query, filters }, { signal });
         return hits[0];
       }
       export const codeOf = (error: unknown): string | null => (error instanceof FihristError ? error.code : null);
       export const textOf = (event: AnswerEvent): string => (event.type === 'text' ? event.text : '');
       // @ts-expect-error: a misspelt field
       export const wrong = () => new FihristClient().search({ query: 'x', topK: 3 });
       // @ts-expect-error: a value that is none of those allowed
       export const other = () => new FihristClient().search({ query: 'x', mode: 'fuzzy' });`,
    );
    expect(await consumer.compile(['main.ts'], { skipLibCheck: false, ...options })).toBe('');
  });

  it('keeps everything else of the package to itself', async () => {
    await consumer.write(
      'inside.mjs',
      "await import('fihrist/dist/main.js').catch(({ code }) => console.log(code));",
    );
    expect(await consumer.run('inside.mjs')).toBe('ERR_PACKAGE_PATH_NOT_EXPORTED\n');
  });
});

describe('docs/client.md', () => {
  it('has programs in every chapter that shows one', () => {
    expect(programs.length).toBe([...page.matchAll(/^```ts$/gm)].length);
    expect(programs.length).toBeGreaterThan(5);
  });

  it('shows programs that the compiler reads', async () => {
    const names = programs.map((_, i) => `example-${i}.ts`);
    for (const [i, { text }] of programs.entries()) {
      await consumer.write(`example-${i}.ts`, text.replaceAll('http://localhost:3000', service.url));
    }
    expect(await consumer.compile(names, { lib: ['ES2022'], types: ['node'] })).toBe('');
  });

  it.each(programs.map(({ title, printed }, i) => [title, `example-${i}.js`, printed] as const))(
    'shows what is printed: %s, %s',
    async (_title, file, printed) => {
      expect(await consumer.run(file)).toBe(printed);
    },
  );
});

const chromium = findChromium();

describe.skipIf(chromium === null)('the client in a browser', () => {
  it('searches, streams an answer, writes articles and is cancelled, from a page of the service', async () => {
    const browser = await launchBrowser(chromium ?? '');
    const { page: tab, complaints, close } = await visit(browser, `${service.url}/`);
    // What a page loads from its own origin: here, the files of the package.
    await tab.route('**/fihrist-client/*.js', async (route) => {
      const name = path.basename(new URL(route.request().url()).pathname);
      const body = await readFile(path.join(consumer.folder, 'node_modules/fihrist/dist/client', name));
      await route.fulfill({ body, contentType: 'text/javascript' });
    });
    const seen = await tab.evaluate(`(async () => {
      const { FihristClient, FihristError } = await import('/fihrist-client/fihrist-client.js');
      const fihrist = new FihristClient();
      const { hits } = await fihrist.search({ query: 'من صاحب ساعة الفيل؟', limit: 1 });
      const events = [];
      const question = 'Why does the Suez Canal need no locks?';
      for await (const event of fihrist.streamAnswer({ question, languages: ['en'] })) {
        events.push(event.type);
      }
      const steps = [];
      const articles = ['a', 'b'].map((id) => ({ id: 'browser/' + id, text: 'Written in a browser: ' + id + '.' }));
      const added = await fihrist.addArticles(articles, { onProgress: ({ done }) => steps.push(done) });
      for (const { id } of articles) await fihrist.deleteArticle(id);
      const refused = await fihrist.search({ query: '…' }).catch((error) => error);
      const controller = new AbortController();
      const cancelled = fihrist.search({ query: 'x' }, { signal: controller.signal }).catch((error) => error.name);
      controller.abort();
      const late = await fihrist.search({ query: 'elephant' }, { timeoutMs: 0.001 }).catch((error) => error.code);
      return {
        found: hits[0].article_id,
        events,
        counts: added.counts,
        steps,
        refused: [refused instanceof FihristError, refused.code, refused.status, typeof refused.requestId],
        cancelled: await cancelled,
        late,
      };
    })()`);
    expect(seen).toEqual({
      found: 'al-jazari-ar',
      events: ['sources', 'text', 'citation', 'final'],
      counts: { created: 2, updated: 0, unchanged: 0, failed: 0 },
      steps: [1, 2],
      refused: [true, 'QUERY_EMPTY', 400, 'string'],
      cancelled: 'AbortError',
      late: 'TIMED_OUT',
    });
    // A browser says of itself when a reply is an error.
    expect(complaints.filter((text) => !/status of 400/.test(text))).toEqual([]);
    await close();
    await browser.close();
  });
});
