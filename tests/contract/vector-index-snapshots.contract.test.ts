import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SNAPSHOT_FORMAT_VERSION } from '../../src/vector-index/graph-parameters.js';
import { openHnswlib, snapshotFiles } from './vector-index-fixtures.js';
import {
  entries,
  type OpenOptions,
  queries,
  SNAPSHOT_ADAPTERS,
  useSnapshotFolder,
} from './vector-index-snapshot-folder.js';

describe.each(SNAPSHOT_ADAPTERS)('snapshots: $name', () => {
  const current = useSnapshotFolder();
  const open = (options: OpenOptions = {}, at?: string) => current().open(options, at);
  const publishAll = () => current().publishAll();
  const graphFile = () => current().graphFile();
  const damage = (at: number, length: number) => current().damage(at, length);

  it('says when a folder has none, also one that does not exist', async () => {
    expect(await open()).toMatchObject({ snapshot: 'none' });
    expect(await open({}, join(current().path, 'not', 'there'))).toMatchObject({ snapshot: 'none' });
  });

  it('makes a missing folder instead of losing the snapshot in silence', async () => {
    const deep = join(current().path, 'not', 'there');
    const first = await open({}, deep);
    await first.index.add(entries.slice(0, 10));
    await first.index.publishSnapshot();
    expect((await open({}, deep)).snapshot).toBe('opened');
  });

  it('gives back what was published: labels, answers, similarities', async () => {
    const first = await open();
    await first.index.add(entries);
    await first.index.remove([3, 4, 5]);
    const answers = await Promise.all(queries.map((query) => first.index.search(query, { limit: 10 })));
    const labels = await first.index.labels();
    await first.index.publishSnapshot();

    const second = await open();
    expect(second).toMatchObject({ snapshot: 'opened' });
    expect(await second.index.labels()).toEqual(labels);
    expect(await Promise.all(queries.map((query) => second.index.search(query, { limit: 10 })))).toEqual(
      answers,
    );
  });

  it('writes nothing when nothing changed', async () => {
    publishAll();
    const before = readdirSync(current().path);
    const { index: again } = await open();
    await again.publishSnapshot();
    await again.remove([987_654]);
    await again.publishSnapshot();
    expect(readdirSync(current().path)).toEqual(before);
  });

  it('publishes and opens an empty index', async () => {
    publishAll();
    const { index: again } = await open();
    await again.remove(entries.map((entry) => entry.label));
    await again.publishSnapshot();
    const last = await open();
    expect(last.snapshot).toBe('opened');
    expect(await last.index.size()).toBe(0);
    await last.index.add(entries.slice(0, 5));
    expect(await last.index.search(entries[0]!.vector, { limit: 5 })).toHaveLength(5);
  });

  it('keeps the previous generation until the next one was opened', async () => {
    publishAll();
    const { index: again } = await open();
    await again.remove([1]);
    await again.publishSnapshot();
    expect(snapshotFiles(current().path, '.hnsw')).toHaveLength(2);
    expect((await open()).snapshot).toBe('opened');
    expect(snapshotFiles(current().path, '.hnsw')).toHaveLength(1);
    expect(snapshotFiles(current().path, '.json')).toHaveLength(1);
  });

  it('opens the previous generation when the newest is damaged, and says so', async () => {
    publishAll();
    const { index: again } = await open();
    await again.remove([1]);
    await again.publishSnapshot();
    await again.close();
    damage(5_000, 64);
    const opened = await open();
    expect(opened.snapshot).toBe('opened');
    expect(opened.reason).toMatch(/generation 2: the checksum/);
    expect(await opened.index.size()).toBe(1_200);
  });

  it('removes what an interrupted write left, and nothing that is not its own', async () => {
    publishAll();
    for (const name of [
      'vectors-00000002.hnsw.tmp',
      'vectors-00000002.json.tmp',
      'fihrist.db',
      'notes.tmp',
    ]) {
      writeFileSync(join(current().path, name), 'left over');
    }
    expect(await open()).toMatchObject({ snapshot: 'opened' });
    expect(readdirSync(current().path).sort()).toEqual([
      'fihrist.db',
      'notes.tmp',
      'vectors-00000001.hnsw',
      'vectors-00000001.json',
    ]);
  });

  it('changes nothing on disk when it is opened for reading only, beside a process that writes', async () => {
    publishAll();
    writeFileSync(join(current().path, 'vectors-00000002.hnsw.tmp'), 'being written by another');
    const before = readdirSync(current().path);
    const { index: reading, snapshot } = await open({ readOnly: true });
    expect(snapshot).toBe('opened');
    await reading.remove([1]);
    await reading.publishSnapshot();
    expect(await reading.size()).toBe(1_199);
    expect(readdirSync(current().path)).toEqual(before);
  });

  it('goes on searching after a failed opening elsewhere: every opening has a graph of its own', async () => {
    const { index: inUse } = await open();
    await inUse.add(entries);
    await inUse.publishSnapshot();
    damage(0, 4_096);
    const other = await openHnswlib(current().path);
    expect(other.snapshot).toBe('rejected');
    await other.index.close();
    expect(await inUse.search(queries[0]!, { limit: 10 })).toHaveLength(10);
  });

  it('writes a manifest that names the file’s length and SHA-256', async () => {
    publishAll();
    const bytes = readFileSync(graphFile());
    const manifest = JSON.parse(readFileSync(snapshotFiles(current().path, '.json')[0]!, 'utf8')) as object;
    expect(manifest).toMatchObject({
      formatVersion: SNAPSHOT_FORMAT_VERSION,
      engine: 'hnswlib',
      generation: 1,
      space: 'test-space',
      dimensions: 16,
      metric: 'cosine',
      m: 24,
      efConstruction: 200,
      points: 1_200,
      deleted: 0,
      byteLength: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
    });
    expect(existsSync(join(current().path, 'vectors-00000001.hnsw'))).toBe(true);
  });
});
