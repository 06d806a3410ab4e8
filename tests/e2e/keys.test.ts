import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningService, runProgram, startService } from './running-program.js';

const OPEN = `---
title: The lighthouse
tags: [public]
---
The lighthouse on the cape was lit for the first time in 1868, and its keeper climbed two hundred steps every evening.
`;
const SHUT = `---
title: The plan
tags: [internal]
---
The lighthouse on the cape will be sold next spring, which nobody outside of the office may know before the summer.
`;

describe('the built program, with keys', () => {
  let folder: string;
  let settings: Record<string, string>;
  let service: RunningService;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'fihrist-keys-e2e-'));
    const corpus = path.join(folder, 'articles');
    settings = { FIHRIST_INDEX: path.join(folder, 'index'), FIHRIST_CORPUS: corpus };
    await mkdir(corpus, { recursive: true });
    await writeFile(path.join(corpus, 'open.md'), OPEN);
    await writeFile(path.join(corpus, 'shut.md'), SHUT);
    service = await startService(settings);
  });
  afterAll(async () => {
    await service.stop();
    await rm(folder, { recursive: true });
  });

  const keys = async (...args: string[]) => {
    const { code, stdout, stderr } = await runProgram(['keys', ...args, '--json'], settings);
    expect([code, stderr]).toEqual([0, '']);
    return JSON.parse(stdout);
  };
  const ask = (text: string | null) =>
    fetch(`${service.url}/v1/search`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(text === null ? {} : { authorization: `Bearer ${text}` }),
      },
      body: '{"query": "When was the lighthouse lit?"}',
    });

  it('does not start where other machines could come in, and tells how to make a key', async () => {
    const elsewhere = {
      ...settings,
      FIHRIST_INDEX: path.join(folder, 'other'),
      FIHRIST_HOST: '0.0.0.0',
      FIHRIST_PORT: '0',
    };
    const { code, stderr } = await runProgram(['serve'], elsewhere);
    expect(code).toBe(3);
    expect(stderr).toContain('fihrist keys create --name me --scope search');
    expect(stderr).toContain('(KEYS_NEEDED)');
  });

  it('knows keys that are made and revoked while it runs, shows each what it may see, and logs who came', async () => {
    expect((await ask(null)).status).toBe(200);
    const full = await keys('create', '--name', 'full', '--scope', 'search');
    expect((await ask(null)).status).toBe(401);
    const all = (await (await ask(full.key)).json()) as {
      hits: Array<{ article_id: string }>;
      total: number;
    };
    expect(all.hits.map((hit) => hit.article_id).sort()).toEqual(['open', 'shut']);

    const narrow = await keys('create', '--name', 'narrow', '--scope', 'search', '--filter', 'tags=public');
    const seen = (await (await ask(narrow.key)).json()) as typeof all;
    expect([seen.hits.map((hit) => hit.article_id), seen.total]).toEqual([['open'], 1]);
    const headers = { 'x-api-key': narrow.key as string };
    expect((await fetch(`${service.url}/v1/articles/open`, { headers })).status).toBe(200);
    expect((await fetch(`${service.url}/v1/articles/shut`, { headers })).status).toBe(404);

    await keys('revoke', full.id);
    const refused = await ask(full.key);
    expect([refused.status, ((await refused.json()) as { error: { code: string } }).error.code]).toEqual([
      401,
      'KEY_REVOKED',
    ]);
    expect((await fetch(`${service.url}/healthz`)).status).toBe(200);
    expect((await fetch(`${service.url}/v1/articles/open?api_key=${narrow.key}`)).status).toBe(401);

    const lines = service.log.filter(({ msg }) => msg === 'request');
    expect(lines.map(({ key_id, status }) => [key_id, status])).toContainEqual([narrow.id, 404]);
    expect(JSON.stringify(service.log)).not.toContain(narrow.key.slice(21));
    expect(JSON.stringify(service.log)).not.toContain(full.key.slice(21));
  });

  it('keeps when keys were last used, and the keys themselves, over a restart', async () => {
    expect(await service.stop()).toBe(0);
    const { keys: kept } = await keys('list');
    expect(kept.map(({ name, revoked_at }: Record<string, unknown>) => [name, revoked_at === null])).toEqual([
      ['full', false],
      ['narrow', true],
    ]);
    for (const { last_used_at } of kept)
      expect(Date.parse(last_used_at)).toBeGreaterThan(Date.now() - 600_000);
    service = await startService({ ...settings, FIHRIST_HOST: '0.0.0.0' });
    expect((await ask(null)).status).toBe(401);
  });
});
