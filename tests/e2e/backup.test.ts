import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FihristClient } from '../../src/client/fihrist-client.js';
import {
  childEnvironment,
  PROGRAM,
  type RunningService,
  runProgram,
  startService,
} from './running-program.js';

const LIGHTHOUSE = `The lighthouse

The lighthouse on the cape was lit for the first time in 1871, and its keeper climbed two hundred steps every evening.`;

describe('the built program, saved and restored', () => {
  let folder: string;
  let settings: Record<string, string>;
  let service: RunningService;
  const file = () => path.join(folder, 'fihrist.tar');

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'fihrist-backup-e2e-'));
    const corpus = path.join(folder, 'articles');
    settings = { FIHRIST_INDEX: path.join(folder, 'index'), FIHRIST_CORPUS: corpus };
    await mkdir(corpus);
    await writeFile(path.join(corpus, 'lighthouse.txt'), LIGHTHOUSE);
    service = await startService(settings);
  });
  afterAll(async () => {
    await service.stop();
    await rm(folder, { recursive: true });
  });

  const put = (id: string, text: string) =>
    fetch(`${service.url}/v1/articles/${id}`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ title: id, text }),
    });
  const found = async (query: string) =>
    (await service.search({ query })).body.hits.map(({ article_id }) => article_id);

  it('is saved while it runs, and refuses to be overwritten or changed by another command meanwhile', async () => {
    expect(
      (await put('ferry', 'The ferry to the island leaves at nine in the morning and returns at dusk.'))
        .status,
    ).toBe(201);
    const saved = await runProgram(['backup', file(), '--json'], settings);
    expect(saved.code).toBe(0);
    expect(JSON.parse(saved.stdout)).toMatchObject({ file: file(), articles: 2, format_version: 1 });
    expect(
      (await put('tram', 'The tram was closed in 1961, and its rails are still in the pavement.')).status,
    ).toBe(201);

    for (const command of [
      ['restore', file(), '--replace'],
      ['ingest', settings.FIHRIST_CORPUS!],
    ]) {
      const { code, stderr } = await runProgram(command, settings);
      expect([command[0], code]).toEqual([command[0], 3]);
      expect(stderr).toContain(`in use by process ${service.process.pid}`);
    }
    expect((await runProgram(['restore', file()], settings)).code).toBe(3);
    expect(await found('When does the ferry leave?')).toContain('ferry');
    expect(await found('When was the tram closed?')).toContain('tram');
  });

  it('is what it was then, once it is restored: what came later is gone, also from the vector index', async () => {
    expect(await service.stop()).toBe(0);
    expect((await runProgram(['restore', file()], settings)).stderr).toContain('(INDEX_NOT_EMPTY)');
    const restored = await runProgram(['restore', file(), '--replace', '--json'], settings);
    expect([restored.code, JSON.parse(restored.stdout)]).toEqual([
      0,
      expect.objectContaining({ articles: 2 }),
    ]);
    expect((await runProgram(['verify'], settings)).code).toBe(0);
    service = await startService(settings);
    expect(service.textsEmbedded).toBe(0);
    expect(await found('When was the tram closed?')).not.toContain('tram');
    // Takes the label that the tram had.
    await put('windmill', 'The windmill on the hill has ground barley since the spring of 1790.');
    expect((await found('Which mill grinds barley?'))[0]).toBe('windmill');
    expect((await found('When does the ferry leave?'))[0]).toBe('ferry');
  });

  it('is saved over HTTP while others write, with all that was acknowledged before, and restored elsewhere', async () => {
    const client = new FihristClient({ url: service.url });
    const acknowledged = new Set<string>();
    let isWriting = true;
    const writer = async (name: string) => {
      for (let i = 0; isWriting; i += 1) {
        const id = `${name}-${i}`;
        const text = `Number ${i} of ${name}: the harbour master counts the boats of the bay each morning.`;
        await client.putArticle(id, { title: id, text });
        acknowledged.add(id);
      }
    };
    const writers = ['one', 'two', 'three'].map(writer);
    while (acknowledged.size < 10) await setTimeout(20);
    const { id: deleted } = await client.addArticle({ id: 'deleted', text: 'It is gone before the backup.' });
    await client.deleteArticle(deleted);
    const before = [...acknowledged];

    const { id, name } = await client.createBackup();
    await client.search({ query: 'boats of the bay' });
    const done = await client.waitForBackup(id);
    const written = acknowledged.size;
    isWriting = false;
    await Promise.all(writers);
    expect(done.state).toBe('done');
    expect(written).toBeGreaterThan(before.length);

    const elsewhere = { ...settings, FIHRIST_INDEX: path.join(folder, 'elsewhere') };
    const backup = path.join(folder, 'index', 'backups', name);
    expect((await runProgram(['restore', backup], elsewhere)).code).toBe(0);
    expect((await runProgram(['verify'], elsewhere)).code).toBe(0);
    const restored = await startService(elsewhere);
    const there = new FihristClient({ url: restored.url });
    const ids = new Set<string>();
    for await (const article of there.listArticles()) ids.add(article.id);
    await restored.stop();
    expect(before.filter((one) => !ids.has(one))).toEqual([]);
    expect(ids.has(deleted)).toBe(false);
    expect(ids.size).toBe(done.content?.articles);
  });

  it('is stopped cleanly while it is being saved: nothing is left, and what was saved before stays', async () => {
    const backups = path.join(folder, 'index', 'backups');
    const before = readdirSync(backups);
    await new FihristClient({ url: service.url }).createBackup();
    expect(await service.stop()).toBe(0);
    expect(readdirSync(backups)).toEqual(before);
    service = await startService(settings);
    const [kept] = await new FihristClient({ url: service.url }).listBackups();
    expect(kept).toMatchObject({ state: 'done', name: before[0] });
  });

  it('is not saved where files may not be that large, says so, and leaves nothing there', async () => {
    const place = path.join(folder, 'small');
    await mkdir(place);
    const command = `ulimit -f 64; exec "${process.execPath}" "${PROGRAM}" backup "${place}/b.tar"`;
    const child = spawn('bash', ['-c', command], {
      env: childEnvironment(settings),
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      stderr += chunk;
    });
    const [code] = await once(child, 'close');
    expect([code, stderr]).toEqual([
      3,
      expect.stringMatching(/ could not be copied to .*\(BACKUP_FILE_UNUSABLE\)/),
    ]);
    expect(readdirSync(place)).toEqual([]);
    expect(existsSync(`${place}/b.tar.partial`)).toBe(false);
  });
});
