import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SearchFilter } from '../../src/domain/search-filter.js';
import { VisibleArchive } from '../../src/search/visible-archive.js';
import { errorOf } from '../unit/http/read-error.js';
import { bearer, type GuardedServer, startGuardedServer } from '../unit/http/start-guarded-server.js';
import { openSearchArchive } from '../unit/search/search-archive.js';

interface Hit {
  readonly id: string;
  readonly article_id: string;
  readonly group?: { readonly others: ReadonlyArray<{ readonly id: string }> };
}

let service: GuardedServer;
let full: Readonly<Record<string, string>>;
let narrow: Readonly<Record<string, string>>;

beforeAll(async () => {
  const archive = await openSearchArchive([
    { id: 'open/river', texts: ['The river is wide.', 'A bridge crosses the river.'], tags: ['public'] },
    { id: 'open/mill', texts: ['The mill stands by the river.'], tags: ['public', 'work'] },
    {
      id: 'shut/river',
      texts: ['The river is wide at the secret bridge.', 'The river.'],
      tags: ['internal'],
    },
    { id: 'shut/untagged', texts: ['The river floods the mill.'], tags: [] },
  ]);
  const visible = (filter: SearchFilter | null) => new VisibleArchive(archive, filter);
  service = await startGuardedServer(
    {},
    {
      search: (request, { filter, ...run }) => visible(filter).search(request, run),
      related: (request, { filter, signal }) => visible(filter).related(request, signal),
      article: (id, { filter }) => visible(filter).article(id),
    },
  );
  full = bearer((await service.makeKey()).text);
  const filter = { type: 'eq', key: 'tags', value: 'public' };
  narrow = bearer((await service.makeKey({ filter })).text);
});
afterAll(() => service.server.close(1_000));

async function search(headers: Readonly<Record<string, string>>, body: object) {
  const response = await fetch(`${service.url}/v1/search`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query: 'the secret river bridge', limit: 50, ...body }),
  });
  expect(response.status).toBe(200);
  return (await response.json()) as { hits: Hit[]; total: number };
}

const articlesOf = (hits: readonly Hit[]) => [...new Set(hits.map((hit) => hit.article_id))].sort();

describe('a key with a filter', () => {
  test.each([
    {},
    { mode: 'dense' },
    { mode: 'keyword' },
    { group_by: 'article' },
    { diversity: 1 },
    { query: '"secret bridge"' },
    { explain: true, languages: ['en'] },
  ])('finds what it may see and nothing else: %j', async (body) => {
    const all = await search(full, body);
    const seen = await search(narrow, body);
    expect(articlesOf(all.hits)).toContain('shut/river');
    expect(articlesOf(seen.hits).filter((id) => !id.startsWith('open/'))).toEqual([]);
    expect(seen.total).toBe(3);
    expect(JSON.stringify(seen)).not.toContain('shut/');
  });

  test.each<[object, string[]]>([
    [{ type: 'eq', key: 'tags', value: 'internal' }, []],
    [
      {
        type: 'or',
        filters: [
          { type: 'eq', key: 'tags', value: 'internal' },
          { type: 'eq', key: 'tags', value: 'work' },
        ],
      },
      ['open/mill'],
    ],
    [{ type: 'ne', key: 'tags', value: 'work' }, ['open/river']],
    [{ type: 'in', key: 'article_id', value: ['shut/river', 'open/mill'] }, ['open/mill']],
  ])('is not widened by a filter of the request: %j', async (filters, expected) => {
    expect(articlesOf((await search(narrow, { filters, query: 'river' })).hits)).toEqual(expected);
  });

  test('reads what it may see; the rest is not there, in the very words of what never was', async () => {
    const read = (id: string, headers: Readonly<Record<string, string>>) =>
      fetch(`${service.url}/v1/articles/${id}`, { headers });
    expect((await read('open/river', narrow)).status).toBe(200);
    expect((await read('shut/river', full)).status).toBe(200);
    const hidden = await errorOf(await read('shut/river', narrow), 404, 'ARTICLE_NOT_FOUND');
    const absent = await errorOf(await read('none/river', narrow), 404, 'ARTICLE_NOT_FOUND');
    expect(hidden.message.replace('shut', 'none')).toBe(absent.message);
    await errorOf(await read('shut/untagged', narrow), 404, 'ARTICLE_NOT_FOUND');
  });

  test('finds related passages among what it may see, of passages that it may see', async () => {
    const { hits } = await search(full, { query: 'river' });
    const idIn = (article: string) => hits.find((hit) => hit.article_id === article)?.id ?? '';
    const related = (id: string, headers: Readonly<Record<string, string>>) =>
      fetch(`${service.url}/v1/passages/${encodeURIComponent(id)}/related`, { headers });
    const relatedHits = async (response: Response) => ((await response.json()) as { hits: Hit[] }).hits;
    expect(articlesOf(await relatedHits(await related(idIn('open/river'), full)))).toContain('shut/river');
    expect(articlesOf(await relatedHits(await related(idIn('open/river'), narrow)))).toEqual(['open/mill']);
    await errorOf(await related(idIn('shut/river'), narrow), 404, 'PASSAGE_NOT_FOUND');
    await errorOf(await related('none:0000000000', narrow), 404, 'PASSAGE_NOT_FOUND');
  });
});
