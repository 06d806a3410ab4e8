import { chmodSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { builtFile, runChild } from './vector-index-child-process.js';
import { asOrdinaryUser, canMountVolumes, mountSmallVolume, openHnswlib } from './vector-index-fixtures.js';
import {
  DIMENSIONS,
  entries,
  type OpenOptions,
  queries,
  SNAPSHOT_ADAPTERS,
  useSnapshotFolder,
} from './vector-index-snapshot-folder.js';

describe.each(SNAPSHOT_ADAPTERS)('snapshots that cannot be written: $name', () => {
  const current = useSnapshotFolder();
  const open = (options: OpenOptions = {}, at?: string) => current().open(options, at);
  const publishAll = () => current().publishAll();

  // Where no small volume can be made, the next test stands for a full disk alone.
  if (canMountVolumes()) {
    it('reports a full disk, keeps the snapshot that was there, and succeeds once there is room', async () => {
      const volume = mountSmallVolume(current().path, 300);
      const { index: full } = await open();
      try {
        await full.add(entries.slice(0, 600));
        await full.publishSnapshot();
        await full.add(entries.slice(600));
        await expect(full.publishSnapshot()).rejects.toMatchObject({ code: 'DISK_FULL' });
        expect(readdirSync(current().path).filter((name) => name.endsWith('.tmp'))).toEqual([]);
        expect(await full.search(queries[0]!, { limit: 10 })).toHaveLength(10);
        const reopened = await openHnswlib(current().path);
        expect(reopened.snapshot).toBe('opened');
        expect(await reopened.index.size()).toBe(600);
        await reopened.index.close();

        volume.grow(2_000);
        await full.publishSnapshot();
        await full.close();
        expect(await (await open()).index.size()).toBe(1_200);
      } finally {
        await current().close();
        volume.unmount();
      }
    });
  }

  it('detects a file that the system cut short while hnswlib reported success', async () => {
    // A limit on file size works for every user and in every container, where a small volume may not be made.
    const script = `
      import { openHnswlibVectorIndex } from ${JSON.stringify(builtFile('vector-index/hnswlib-vector-index.js'))};
      const { index } = await openHnswlibVectorIndex({ folder: ${JSON.stringify(current().path)}, dimensions: 64, space: 's' });
      const vector = (label) => Float32Array.from({ length: 64 }, (_, i) => Math.sin(label * (i + 1)));
      await index.add(Array.from({ length: 800 }, (_, label) => ({ label, vector: vector(label) })));
      const code = await index.publishSnapshot().then(() => 'published', (error) => error.code);
      console.log(code);
      await index.close();
    `;
    const { output } = await runChild(script, { shellPrefix: 'ulimit -f 100' });
    expect(output.trim()).toBe('DISK_FULL');
    expect(readdirSync(current().path)).toEqual([]);
  });

  it('reports a folder that cannot be written to, and goes on searching', async () => {
    const { index: readOnly } = await open();
    await readOnly.add(entries.slice(0, 50));
    chmodSync(current().path, 0o555);
    await asOrdinaryUser(async () => {
      await expect(readOnly.publishSnapshot()).rejects.toMatchObject({ code: 'STORE_READ_ONLY' });
    });
    chmodSync(current().path, 0o755);
    expect(await readOnly.search(entries[0]!.vector, { limit: 1 })).toHaveLength(1);
    await readOnly.publishSnapshot();
    expect((await open()).snapshot).toBe('opened');
  });

  it('leaves a usable snapshot whenever it is killed while publishing', async () => {
    publishAll();
    const script = `
      import { openHnswlibVectorIndex } from ${JSON.stringify(builtFile('vector-index/hnswlib-vector-index.js'))};
      const { index } = await openHnswlibVectorIndex({ folder: ${JSON.stringify(current().path)}, dimensions: ${DIMENSIONS}, space: 'test-space' });
      console.log('ready');
      for (let label = 10_000; ; label += 1) {
        const vector = Float32Array.from({ length: ${DIMENSIONS} }, (_, i) => Math.sin(label * (i + 1)));
        await index.add([{ label, vector }]);
        await index.publishSnapshot();
      }
    `;
    for (const delayMs of [15, 60, 140]) {
      const { signal } = await runChild(script, { killWhen: () => delayMs });
      expect(signal).toBe('SIGKILL');
      const opened = await openHnswlib(current().path);
      expect(opened.snapshot).toBe('opened');
      expect(await opened.index.size()).toBeGreaterThanOrEqual(1_200);
      await opened.index.close();
    }
  });
});
