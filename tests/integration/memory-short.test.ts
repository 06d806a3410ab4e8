import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Gate } from '../../src/http/gate.js';
import { spareMemory } from '../../src/http/gates/spare-memory.js';
import { ArticleRoom } from '../../src/ingest/article-room.js';
import { writeArticles } from '../../src/ingest/write-articles.js';
import { MemoryWatch } from '../../src/memory/memory-watch.js';
import type { WriteGivenArticles } from '../../src/tasks/task-run.js';
import { errorOf } from '../unit/http/read-error.js';
import { until } from '../unit/http/start-test-server.js';
import { words } from '../unit/ingest/made-articles.js';
import { type ArticleService, startArticleService } from './article-service.js';

const MB = 2 ** 20;

/** What the process is said to take, of 1,000 MB at most. */
let takenMb: number;
let emptied: number;
let watch: MemoryWatch;
let service: ArticleService;

/** From now on the process is said to take so much. */
function take(mb: number): void {
  takenMb = mb;
  watch.look();
}

beforeEach(async () => {
  takenMb = 500;
  emptied = 0;
  watch = new MemoryWatch({
    ceilingBytes: 1_000 * MB,
    residentBytes: () => takenMb * MB,
    empty: () => {
      emptied += 1;
    },
  });
  watch.start();
  const gates: Gate[] = [spareMemory(watch)];
  const room = new ArticleRoom({ limits: null, begin: (signal) => watch.room(signal) });
  const write: WriteGivenArticles = (articles, how) =>
    writeArticles(articles, { ...service.archive, room }, { ...how, sourceName: 'api' });
  service = await startArticleService({ gates, writeArticles: write }, write);
});
afterEach(async () => {
  watch.stop();
  await service.stop();
});

const put = (id: string) => service.send('PUT', `/v1/articles/${id}`, { text: words(id) });
const search = () => service.send('POST', '/v1/search', { query: 'bread, olives and stories' });

describe('while memory is short', () => {
  test('articles are turned away, with how short it is and when to come again, and taken when it is not any more', async () => {
    expect((await put('mill')).status).toBe(201);
    take(960);
    const refused = await put('bell');
    expect(refused.headers.get('retry-after')).toBe('5');
    expect(await errorOf(refused, 503, 'MEMORY_SHORT')).toMatchObject({
      message:
        'There is no room for changes of the archive: the process takes 960 MB of memory, and its ceiling is 1000 MB (FIHRIST_MAX_MEMORY_MB). Try again in 5 seconds.',
      details: { ceiling_mb: 1_000, resident_mb: 960, retry_after_s: 5 },
    });
    await errorOf(await service.send('POST', '/v1/articles', [{ text: words('bell') }]), 503, 'MEMORY_SHORT');
    await errorOf(
      await service.send('POST', '/v1/articles', '{"text": "A line."}\n', 'application/x-ndjson'),
      503,
      'MEMORY_SHORT',
    );
    expect(emptied).toBe(1);
    take(900);
    expect((await put('bell')).status).toBe(201);
    expect(await service.found('olives')).toEqual(expect.arrayContaining(['mill', 'bell']));
  });

  test('searches are answered, and articles can be read and taken out', async () => {
    await put('mill');
    take(960);
    expect((await search()).status).toBe(200);
    expect((await service.send('GET', '/v1/articles/mill')).status).toBe(200);
    expect((await service.send('DELETE', '/v1/articles/mill')).status).toBe(204);
  });

  test('a task waits, goes on by itself, and leaves nothing out', async () => {
    const articles = Array.from({ length: 30 }, (_, i) => ({ id: `mill-${i}`, text: words(`mill${i}`) }));
    const { embedder } = service.archive;
    const embed = embedder.embedPassages.bind(embedder);
    let embedded = 0;
    embedder.embedPassages = async (texts, signal) => {
      embedded += 1;
      if (embedded === 5) take(970);
      return embed(texts, signal);
    };
    const reply = await service.send('POST', '/v1/articles?async=true', articles);
    const { task } = (await reply.json()) as { task: { id: string } };
    await until(() => !watch.hasRoom, 10_000);
    await new Promise((resolve) => setTimeout(resolve, 300));
    const { state, progress } = service.tasks.get(task.id);
    expect(state).toBe('running');
    expect(progress.articlesDone).toBeGreaterThanOrEqual(2);
    expect(progress.articlesDone).toBeLessThan(10);
    take(800);
    await until(() => service.tasks.get(task.id).finishedAt !== null, 30_000);
    expect(service.tasks.get(task.id)).toMatchObject({
      state: 'succeeded',
      progress: { articlesDone: 30, created: 30, failed: 0 },
    });
  });

  test('a task that waits can be called off', async () => {
    take(970);
    const queue = service.tasks;
    async function* lines() {
      yield Buffer.from('{"id": "mill", "text": "A mill stands by the river and grinds wheat."}\n');
    }
    const { id } = await queue.add(await queue.receive(lines(), 'lines'));
    await until(() => queue.get(id).state === 'running');
    expect(await queue.cancel(id)).toMatchObject({ state: 'cancelled', progress: { articlesDone: 0 } });
  });
});

describe('at the ceiling itself', () => {
  test('searches and what is taken out are turned away, too, until it is less', async () => {
    await put('mill');
    take(1_000);
    await errorOf(await search(), 503, 'MEMORY_SHORT');
    await errorOf(await service.send('DELETE', '/v1/articles/mill'), 503, 'MEMORY_SHORT');
    expect((await service.send('GET', '/v1/articles/mill')).status).toBe(200);
    expect((await service.send('GET', '/healthz')).status).toBe(200);
    take(990);
    expect((await search()).status).toBe(200);
  });
});
