import { open, readFile, rename, rm } from 'node:fs/promises';
import { GRAPH_EF_CONSTRUCTION, GRAPH_M, SNAPSHOT_FORMAT_VERSION } from './graph-parameters.js';
import { hashLabels } from './hash-labels.js';
import type { HnswlibGraph } from './hnswlib-graph.js';
import { GraphFileError, readGraphFile } from './read-graph-file.js';
import {
  diskFull,
  ensureFolder,
  listGenerations,
  removeSnapshotsExcept,
  snapshotPaths,
  syncToDisk,
  temporaryPath,
  translateFileError,
} from './snapshot-files.js';
import type { SnapshotManifest } from './snapshot-manifest.js';

export interface PublishedVectors {
  readonly folder: string;
  readonly space: string;
  readonly opening: string;
  readonly graph: HnswlibGraph;
  /** Every label that can be found, rising. */
  readonly labels: Uint32Array;
  /** The generation that is in use; it stays until the next one was opened. 0 when there is none. */
  readonly previousGeneration: number;
}

/**
 * Writes a graph as a new generation: both files under temporary names, read back and checked, brought to disk, then
 * renamed, the manifest last. Whenever it is interrupted, the previous generation is whole.
 * @returns The new generation's number.
 * @throws DISK_FULL, STORE_READ_ONLY (operator)
 * Cost: writing and reading back the file (168 MB for 100,000 × 384); searches go on.
 */
export async function publishSnapshot(vectors: PublishedVectors): Promise<number> {
  const { folder, previousGeneration } = vectors;
  await ensureFolder(folder);
  const newest = (await listGenerations(folder))[0] ?? 0;
  const generation = Math.max(newest, previousGeneration) + 1;
  const paths = snapshotPaths(folder, generation);
  const graphFile = temporaryPath(paths.graph);
  const manifestFile = temporaryPath(paths.manifest);
  try {
    const manifest = await writeGraph(vectors, generation, graphFile);
    await writeManifest(manifest, manifestFile);
    await rename(graphFile, paths.graph);
    await rename(manifestFile, paths.manifest);
    await syncToDisk(folder);
  } catch (error) {
    for (const file of [graphFile, manifestFile]) await rm(file, { force: true }).catch(() => {});
    throw translateFileError(error, paths.graph);
  }
  await removeSnapshotsExcept(folder, [generation, previousGeneration]);
  return generation;
}

/** hnswlib's own save reports success whatever happens, so nothing it says counts: only what is read back. */
async function writeGraph(
  vectors: PublishedVectors,
  generation: number,
  file: string,
): Promise<SnapshotManifest> {
  const { space, opening, graph, labels } = vectors;
  await rm(file, { force: true });
  // Opening it here gives an honest error for a folder that cannot be written.
  await (await open(file, 'wx')).close();
  await graph.write(file);

  const live: number[] = [];
  const facts = await readGraphFile(file, graph.dimensions, (point) => {
    if (!point.isDeleted) live.push(point.label);
  }).catch((error: unknown) => {
    throw error instanceof GraphFileError ? diskFull(file, error.message, error) : error;
  });
  const labelsSha256 = hashLabels(Uint32Array.from(live).sort());
  if (facts.points !== graph.count || labelsSha256 !== hashLabels(labels)) {
    throw diskFull(file, 'what was read back is not what was written');
  }
  await syncToDisk(file);
  return {
    formatVersion: SNAPSHOT_FORMAT_VERSION,
    engine: 'hnswlib',
    generation,
    space,
    opening,
    dimensions: graph.dimensions,
    metric: 'cosine',
    m: GRAPH_M,
    efConstruction: GRAPH_EF_CONSTRUCTION,
    points: facts.points,
    deleted: graph.deletedCount,
    labelsSha256,
    byteLength: facts.byteLength,
    sha256: facts.sha256,
    createdAt: new Date().toISOString(),
  };
}

async function writeManifest(manifest: SnapshotManifest, file: string): Promise<void> {
  const text = `${JSON.stringify(manifest, null, 2)}\n`;
  await rm(file, { force: true });
  const handle = await open(file, 'wx');
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  if ((await readFile(file, 'utf8')) !== text)
    throw diskFull(file, 'what was read back is not what was written');
}
