import { readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { makeFolder, openHnswlib, removeFolder, snapshotFiles } from './vector-index-fixtures.js';
import {
  DIMENSIONS,
  entries,
  type OpenOptions,
  SNAPSHOT_ADAPTERS,
  useSnapshotFolder,
} from './vector-index-snapshot-folder.js';

describe.each(SNAPSHOT_ADAPTERS)('rejected snapshots: $name', () => {
  const current = useSnapshotFolder();
  const open = (options: OpenOptions = {}, at?: string) => current().open(options, at);
  const publishAll = () => current().publishAll();
  const graphFile = () => current().graphFile();
  const damage = (at: number, length: number) => current().damage(at, length);

  async function expectRejected(reason: RegExp, options: OpenOptions = {}): Promise<void> {
    const opened = await open(options);
    expect(opened.snapshot).toBe('rejected');
    expect(opened.reason).toMatch(reason);
    expect(await opened.index.size()).toBe(0);
    const dimensions = options.dimensions ?? DIMENSIONS;
    const vector = new Float32Array(dimensions).fill(1 / Math.sqrt(dimensions));
    await opened.index.add([{ label: 1, vector }]);
    await opened.index.publishSnapshot();
    const again = await open(options);
    expect(again).toMatchObject({ snapshot: 'opened' });
    expect(again).not.toHaveProperty('reason');
    expect(await again.index.labels()).toEqual(Uint32Array.of(1));
  }

  it.each([
    ['one header byte (the point count)', 16, 1],
    ['the capacity in the header', 8, 4],
    ['the entry point', 52, 4],
    ['the whole header', 0, 96],
  ])('rejects a damaged header without ending the process: %s', async (_name, at, length) => {
    publishAll();
    damage(at, length);
    await expectRejected(/header|checksum|cut|links|entry point/);
  });

  it.each([
    ['64 bytes of links', 96, 64],
    ['64 bytes of a vector', 20_000, 64],
    ['one bit’s worth of a vector', 30_000, 1],
    ['4 KiB in the middle', 60_000, 4_096],
    ['64 KiB', 50_000, 65_536],
    ['the last link list', -16, 16],
  ])('rejects a damaged body, which would load and serve altered data: %s', async (_name, at, length) => {
    publishAll();
    damage(at, length);
    await expectRejected(/checksum|label|links|cut|bytes too many|entry point/);
  });

  it.each([
    ['empty', 0],
    ['cut in its header', 50],
    ['cut in its points', 40_000],
    ['cut by its last byte', -1],
  ])('rejects a cut file: %s', async (_name, length) => {
    publishAll();
    const size = readFileSync(graphFile()).length;
    truncateSync(graphFile(), length < 0 ? size + length : length);
    await expectRejected(/bytes; its manifest says/);
  });

  it('rejects a foreign file that has the right length', async () => {
    publishAll();
    const size = readFileSync(graphFile()).length;
    writeFileSync(graphFile(), Buffer.alloc(size, 'not a graph '));
    await expectRejected(/header/);
  });

  it('rejects a foreign graph that is whole, but not the one of the manifest', async () => {
    publishAll();
    const other = makeFolder();
    const opened = await openHnswlib(other);
    await opened.index.add(entries.map(({ label, vector }) => ({ label: label + 5_000, vector })));
    await opened.index.publishSnapshot();
    await opened.index.close();
    renameSync(snapshotFiles(other, '.hnsw')[0]!, graphFile());
    removeFolder(other);
    await expectRejected(/manifest|checksum/);
  });

  it('rejects a snapshot of other dimensions, which hnswlib would accept', async () => {
    publishAll();
    await expectRejected(/16 dimensions, not 8/, { dimensions: 8 });
  });

  it('rejects a graph of other dimensions even under a manifest that claims the right ones', async () => {
    publishAll();
    const [file] = snapshotFiles(current().path, '.json');
    writeFileSync(file!, readFileSync(file!, 'utf8').replace('"dimensions": 16', '"dimensions": 8'));
    await expectRejected(/bytes a point/, { dimensions: 8 });
  });

  it('rejects vectors of another space: another model, or another centring', async () => {
    publishAll();
    await expectRejected(/another space \(test-space, not other-space\)/, { space: 'other-space' });
  });

  it('rejects what was made of another database, and tells up to which label one of this database can be trusted', async () => {
    const before = { id: 'before', labelsBefore: 0 };
    const now = { id: 'now', labelsBefore: 900 };
    const { index } = await open({ openings: [before] });
    await index.add(entries);
    await index.publishSnapshot();

    const later = await open({ openings: [before, now] });
    expect(later).toMatchObject({ snapshot: 'opened', trustedUpTo: 900 });
    expect(await later.index.size()).toBe(entries.length);
    await expectRejected(/made of another database/, { openings: [now] });
  });

  it.each([
    ['not JSON', () => '{"formatVersion": 1'],
    ['empty', () => ''],
    [
      'of another format version',
      (text: string) => text.replace(/"formatVersion": \d+/, '"formatVersion": 99'),
    ],
    ['with a field too many', (text: string) => text.replace('{', '{"extra": 1,')],
    ['with a field too few', (text: string) => text.replace(/"points": \d+,/, '')],
    ['with another count of points', (text: string) => text.replace(/"points": \d+/, '"points": 7')],
    ['with another checksum', (text: string) => text.replace(/"sha256": "./, '"sha256": "g')],
    ['of another generation', (text: string) => text.replace('"generation": 1', '"generation": 4')],
    ['with another metric', (text: string) => text.replace('"cosine"', '"l2"')],
  ])('rejects a manifest that is %s', async (_name, change) => {
    publishAll();
    const [file] = snapshotFiles(current().path, '.json');
    writeFileSync(file!, change(readFileSync(file!, 'utf8')));
    await expectRejected(/manifest/);
  });

  it('rejects a graph without its manifest, and a manifest without its graph', async () => {
    publishAll();
    rmSync(snapshotFiles(current().path, '.json')[0]!);
    expect((await open()).snapshot).toBe('rejected');
    await current().close();
    removeFolder(current().path);
    publishAll();
    rmSync(graphFile());
    expect((await open()).snapshot).toBe('rejected');
  });
});
