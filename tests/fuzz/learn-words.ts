import { setTimeout } from 'node:timers/promises';
import { fetchOnce } from './fetch-once.js';

/** Texts that mean something to a running service, so that requests get further than its first checks. */
export interface KnownWords {
  /** Where any text may stand. */
  readonly anywhere: readonly string[];
  /** Values of parameters, by path of the operation and name. */
  readonly ofParameter: Readonly<Record<string, readonly string[]>>;
}

interface ArticlePage {
  readonly articles: ReadonlyArray<{
    readonly id: string;
    readonly tags: readonly string[];
    readonly source: string;
  }>;
  readonly next_cursor: string | null;
}

const DATES = ['2024', '2024-03', '2024-03-01', '2024-03-01T09:30:00Z'];
const QUESTIONS = ['لماذا ننام؟', 'Who built the elephant clock?', 'ما سبب خلوّ قناة السويس من الأهوسة؟'];
/** Ids that articles are written under, again and again. */
const WRITTEN_IDS = ['fuzz-1', 'fuzz-2', 'fuzz/3'];

/** Some, since requests remove them. */
const BACKUPS = 4;

/** Asks a service for names of what is in it, and has it make what there is none of. */
export async function learnWords(url: string): Promise<KnownWords> {
  const { articles, next_cursor: cursor } = await read<ArticlePage>(`${url}/v1/articles?limit=20`);
  const [first] = articles;
  const { passages } = await read<{ passages: ReadonlyArray<{ id: string }> }>(
    `${url}/v1/articles/${encodeURIComponent(first?.id ?? '')}`,
  );
  const tasks = [await addTask(url), await addTask(url)];
  const backups: string[] = [];
  for (let i = 0; i < BACKUPS; i++) backups.push(await makeBackup(url));
  const ids = articles.slice(0, 8).map(({ id }) => id);
  const tags = [...new Set(articles.flatMap((article) => article.tags))].slice(0, 5);
  const articleIds = [...ids, ...WRITTEN_IDS, ...WRITTEN_IDS];
  return {
    anywhere: [
      ...ids.slice(0, 3),
      ...tags.slice(0, 2),
      ...DATES,
      ...QUESTIONS,
      'corpus',
      'api',
      'fihrist',
      'ar',
    ],
    ofParameter: {
      '/v1/articles/{id} id': articleIds,
      '/v1/passages/{id}/related id': passages.map(({ id }) => id),
      '/v1/tasks/{id} id': tasks,
      '/v1/backups/{id} id': backups,
      '/v1/vector_stores/{id}/search id': ['fihrist', 'corpus', 'api'],
      '/v1/articles cursor': cursor === null ? [] : [cursor],
      '/v1/articles tag': tags,
      '/v1/articles source': ['corpus', 'api'],
      '/v1/articles published_from': DATES,
      '/v1/articles published_to': DATES,
      '/search q': QUESTIONS,
    },
  };
}

async function addTask(url: string): Promise<string> {
  const { task } = await read<{ task: { id: string } }>(`${url}/v1/articles?async=true`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify([
      { id: WRITTEN_IDS[0], text: 'The lighthouse was lit for the first time in 1873.' },
    ]),
  });
  return task.id;
}

/** Has a backup made; resolves when it is there. @returns its id */
export async function makeBackup(url: string): Promise<string> {
  type Backup = { readonly id: string; readonly state: string };
  let { backup } = await read<{ backup: Backup }>(`${url}/v1/backups`, { method: 'POST' });
  while (backup.state === 'running') {
    await setTimeout(50);
    backup = await read<Backup>(`${url}/v1/backups/${backup.id}`);
  }
  return backup.id;
}

async function read<Reply>(address: string, init?: RequestInit): Promise<Reply> {
  const response = await fetchOnce(address, init);
  if (!response.ok) throw new Error(`${address} answers ${response.status}: ${await response.text()}`);
  return (await response.json()) as Reply;
}
