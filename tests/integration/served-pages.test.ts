import { pino } from 'pino';
import { afterEach, describe, expect, it } from 'vitest';
import type { ArchiveReader } from '../../src/compose.js';
import type { Edition } from '../../src/editions/list-editions.js';
import { replyFacts } from '../../src/http/reply-facts.js';
import type { KeyScope } from '../../src/keys/key-store.js';
import { createServedPages } from '../../src/serve-web.js';
import { NO_PROGRESS } from '../../src/tasks/task.js';
import { NO_PACE, type TaskView } from '../../src/tasks/task-view.js';
import { sampleArticle } from '../unit/http/sample-archive.js';
import { startTestServer, type TestServer } from '../unit/http/start-test-server.js';
import { madeWebServices } from '../unit/web/made-web-services.js';

const archive = {
  model: { name: 'fake-model' },
  store: {
    generation: async () => 7,
    stats: async () => ({
      articles: 4321,
      passages: 4321,
      passagesByLanguage: { ar: 4321, en: 0 },
      generation: 7,
      sizeBytes: 1,
    }),
    articleStates: async () => [{ id: sampleArticle.id }],
    article: async (id: string) => (id === sampleArticle.id ? sampleArticle : null),
  },
} as unknown as ArchiveReader;

const edition: Edition = {
  place: 'next',
  fingerprint: 'other-model@0123456789abcdef',
  articles: 5678,
  passages: 9000,
  passagesLeft: 1234,
  changedAt: '2026-01-31T08:00:00.000Z',
  sizeBytes: 12_345_678,
};

const task: TaskView = {
  version: 1,
  id: '0m1-abc',
  state: 'queued',
  form: 'lines',
  sha256: null,
  articles: 977,
  sizeBytes: 1,
  createdAt: '2026-01-01T00:00:00.000Z',
  startedAt: null,
  finishedAt: null,
  progress: NO_PROGRESS,
  error: null,
  ...NO_PACE,
};

let running: TestServer | null = null;

/** @param sees  Whether readers may see all of the archive or one tag of it. */
async function start(sees: 'all' | 'part', scopes: readonly KeyScope[] = ['admin']): Promise<string> {
  const pages = createServedPages({
    ...madeWebServices(),
    readiness: () => ({ ready: true, reasons: [], indexing: null }),
    archive: () => archive,
    editions: () => [edition],
    unfinishedTasks: () => [task],
    logger: pino({ level: 'silent' }),
  });
  running = await startTestServer({
    ...pages,
    gates: [
      {
        errorsOf: () => [],
        check: ({ res }) => {
          const facts = replyFacts(res);
          const filter = sees === 'all' ? null : ({ type: 'in', key: 'tags', values: ['public'] } as const);
          facts.caller = { ...facts.caller, scopes, filter };
        },
      },
    ],
  });
  return running.url;
}

const read = async (url: string) => (await fetch(url, { headers: { accept: 'text/html' } })).text();

afterEach(async () => {
  await running?.server.close(0);
  running = null;
});

describe('the pages of the service', () => {
  it('tell of the archive, and what it can be asked', async () => {
    const url = await start('all');
    expect(await read(`${url}/status`)).toContain('4,321');
    expect(await read(url)).toContain(sampleArticle.title);
    expect(await read(`${url}/chat`)).toContain(sampleArticle.title);
  });

  it('tell of the editions beside what is served, in both languages', async () => {
    const url = await start('all');
    const page = await read(`${url}/status?ui=en`);
    expect(page).toContain('Next edition: <bdi dir="ltr">other-model@0123456789abcdef</bdi>');
    expect(page).toContain('Articles: 5,678; size on disk: 12.3 MB');
    expect(page).toContain('Passages that are yet to be embedded: 1,234');
    expect(await read(`${url}/status?ui=ar`)).toContain('الطبعة التالية');
  });

  it('tell nothing of the whole archive to a reader who may see a part of it', async () => {
    const url = await start('part');
    expect(await read(`${url}/status`)).not.toContain('other-model');
    expect(await read(`${url}/status`)).not.toContain('4,321');
    expect(await read(url)).not.toContain(sampleArticle.title);
    expect(await read(`${url}/chat`)).not.toContain(sampleArticle.title);
  });

  it('tell of tasks to those who may write, and to nobody else', async () => {
    expect(await read(`${await start('all', ['articles:write'])}/status`)).toContain('977');
    await running?.server.close(0);
    const shown = await read(`${await start('all', ['search'])}/status`);
    expect(shown).not.toContain('977');
    expect(shown).not.toContain('Tasks');
  });
});
