import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningService, startService } from './running-program.js';

const BRIDGE = `The old bridge

The stone bridge over the river was finished in 1566 after nine years of work by the builder Hayruddin. It has a
single arch of about thirty metres, and for four centuries carts, soldiers and wedding parties crossed it.`;

const LIGHTHOUSE =
  'The lighthouse at the harbour of Tell Amara was lit for the first time in 1873, and its lamp burned olive oil. ' +
  'The last keeper, a woman called Salma, left the tower in 1969, when the lamp was made electric.';

const topics = [
  'ferry',
  'mill',
  'market',
  'library',
  'school',
  'garden',
  'harbour',
  'railway',
  'theatre',
  'well',
];

/** Articles that differ from each other, so that nothing of one is known from another. */
const lines = (count: number) =>
  Array.from({ length: count }, (_, i) =>
    JSON.stringify({
      id: `news/${i}`,
      title: `News of the ${topics[i % topics.length]}, number ${i}`,
      text: `In year ${1_500 + i} the ${topics[i % topics.length]} of quarter ${i} was opened by the guild of masons. It stood for ${i + 20} years.`,
    }),
  ).join('\n');

interface WireTask {
  readonly id: string;
  readonly state: string;
  readonly articles_done: number;
  readonly counts: { created: number; updated: number; unchanged: number; failed: number };
}

describe('the built program, whose archive is written over HTTP', () => {
  let folder: string;
  let settings: Record<string, string>;
  let service: RunningService;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'fihrist-e2e-articles-'));
    const corpus = path.join(folder, 'articles');
    settings = { FIHRIST_INDEX: path.join(folder, 'index'), FIHRIST_CORPUS: corpus };
    await mkdir(corpus);
    await writeFile(path.join(corpus, 'bridge.txt'), BRIDGE);
    service = await startService(settings);
  });
  afterAll(async () => {
    await service.stop();
    await rm(folder, { recursive: true });
  });

  const send = (method: string, target: string, body?: string, mediaType = 'application/json') =>
    fetch(`${service.url}${target}`, {
      method,
      ...(body === undefined ? {} : { headers: { 'content-type': mediaType }, body }),
    });
  const best = async (query: string) => (await service.search({ query })).body.hits[0]?.article_id;
  const taskOf = async (id: string) => (await (await send('GET', `/v1/tasks/${id}`)).json()) as WireTask;

  it('finds an article in the search after its acknowledgement, in either language', async () => {
    const response = await send('PUT', '/v1/articles/lighthouse', JSON.stringify({ text: LIGHTHOUSE }));
    expect([response.status, await response.json()]).toEqual([201, { id: 'lighthouse', status: 'created' }]);
    expect(await best('When was the lighthouse lit for the first time?')).toBe('lighthouse');
    expect(await best('متى أضيئت المنارة أول مرة؟')).toBe('lighthouse');
  });

  it('has it after a kill right behind the acknowledgement', async () => {
    const text =
      'The clock of the market of Dahr was built by Yusuf in 1722, and it strikes thirteen at noon.';
    const response = await send('POST', '/v1/articles', JSON.stringify([{ id: 'clock', text }]));
    expect(response.status).toBe(200);
    await service.stop('SIGKILL');
    service = await startService(settings);
    expect(service).toMatchObject({ unchanged: 1, removed: 0, textsEmbedded: 0 });
    expect(await best('Who built the clock that strikes thirteen?')).toBe('clock');
    expect(await best('When was the lighthouse lit for the first time?')).toBe('lighthouse');
  });

  it('does not find it after its deletion, nor after the next start', async () => {
    expect((await send('DELETE', '/v1/articles/clock')).status).toBe(204);
    expect(await best('Who built the clock that strikes thirteen?')).not.toBe('clock');
    await service.stop('SIGKILL');
    service = await startService(settings);
    expect(await best('Who built the clock that strikes thirteen?')).not.toBe('clock');
    expect((await send('GET', '/v1/articles/clock')).status).toBe(404);
  });

  it('refuses to delete what the corpus folder would bring back', async () => {
    const response = await send('DELETE', '/v1/articles/bridge');
    expect([response.status, await response.json()]).toMatchObject([
      409,
      { error: { code: 'ARTICLE_OF_CORPUS' } },
    ]);
    expect(await best('Who built the stone bridge?')).toBe('bridge');
  });

  it('goes on with a task after a kill, from where it was', async () => {
    const total = 250;
    const response = await send('POST', '/v1/articles', lines(total), 'application/x-ndjson');
    expect(response.status).toBe(202);
    const { task } = (await response.json()) as { task: WireTask };
    await expect
      .poll(async () => (await taskOf(task.id)).articles_done, { timeout: 60_000 })
      .toBeGreaterThan(40);
    // So long that what was done is written down.
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    await service.stop('SIGKILL');
    service = await startService(settings);
    const resumed = await taskOf(task.id);
    expect(['running', 'succeeded']).toContain(resumed.state);
    expect(resumed.articles_done).toBeGreaterThan(40);
    await expect.poll(async () => (await taskOf(task.id)).state, { timeout: 120_000 }).toBe('succeeded');
    const { counts, articles_done: done } = await taskOf(task.id);
    expect(done).toBe(total);
    expect(counts.created + counts.unchanged).toBe(total);
    // What was stored and not yet written down when it was killed is found unchanged, and not made twice.
    expect(counts.unchanged).toBeLessThan(total / 2);
    const list = (await (await send('GET', '/v1/articles?source=api&limit=100')).json()) as {
      articles: unknown[];
    };
    expect(list.articles).toHaveLength(100);
    expect(await best('In which year was the ferry of quarter 210 opened?')).toMatch(/^news\//);
  }, 240_000);
});
