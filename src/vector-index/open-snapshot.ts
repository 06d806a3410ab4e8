import { stat } from 'node:fs/promises';
import { FlatVectors } from './flat-vectors.js';
import { hashLabels } from './hash-labels.js';
import { HnswlibGraph } from './hnswlib-graph.js';
import { GraphFileError, readGraphFile } from './read-graph-file.js';
import type { SnapshotCandidate } from './read-manifests.js';
import type { LoadedVectors } from './searchable-vectors.js';
import { removeSnapshotsExcept, snapshotPaths } from './snapshot-files.js';
import type { SnapshotManifest } from './snapshot-manifest.js';

export interface OpenedSnapshot {
  /** `opened`: `vectors` are there. `none`: there was no snapshot. `rejected`: there was, but none that could be trusted. */
  readonly snapshot: 'opened' | 'none' | 'rejected';
  /** Why the newest one was not used; also when the previous one was opened in its place. */
  readonly reason?: string;
  readonly generation: number;
  readonly vectors: LoadedVectors | null;
}

/**
 * Opens the newest snapshot of a folder that is beyond doubt: after the manifest, length, checksum and layout are
 * checked before native code sees the file, into a fresh object. Any doubt leads to the previous generation, then to
 * none at all. Removes what interrupted writes have left, and older generations than the one it opened; unless
 * `readOnly`, since another process may be writing them.
 * Never throws for what is in the folder.
 * @param candidates  Newest first, from readManifests.
 * Cost: one read of the file for the checks and one to load it; see docs/decisions/0003-storage-and-index.md.
 */
export async function openSnapshot(
  folder: string,
  candidates: readonly SnapshotCandidate[],
  options: { readOnly?: boolean } = {},
): Promise<OpenedSnapshot> {
  const cleanUp = async (kept: readonly number[]) => {
    if (options.readOnly !== true) await removeSnapshotsExcept(folder, kept);
  };
  const reasons: string[] = [];
  for (const candidate of candidates) {
    const { generation } = candidate;
    try {
      if ('rejected' in candidate) throw new Error(candidate.rejected);
      const vectors = await openGeneration(folder, candidate.manifest);
      await cleanUp([generation]);
      return { snapshot: 'opened', generation, vectors, ...reasonOf(reasons) };
    } catch (error) {
      reasons.push(`generation ${generation}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  await cleanUp(candidates.map(({ generation }) => generation));
  const snapshot = candidates.length === 0 ? 'none' : 'rejected';
  return { snapshot, generation: 0, vectors: null, ...reasonOf(reasons) };
}

function reasonOf(reasons: readonly string[]): { reason?: string } {
  return reasons.length === 0 ? {} : { reason: reasons.join('; ') };
}

async function openGeneration(folder: string, manifest: SnapshotManifest): Promise<LoadedVectors> {
  const { graph: file } = snapshotPaths(folder, manifest.generation);
  const { dimensions } = manifest;
  const { size } = await stat(file);
  if (size !== manifest.byteLength) {
    throw new GraphFileError(`the file has ${size} bytes; its manifest says ${manifest.byteLength}`);
  }
  const flat = new FlatVectors(dimensions, manifest.points);
  const deleted: number[] = [];
  const facts = await readGraphFile(file, dimensions, ({ label, vector, isDeleted }) => {
    if (isDeleted) deleted.push(label);
    else flat.setUnit(label, vector);
  });
  if (facts.sha256 !== manifest.sha256) throw new GraphFileError('the checksum is not the manifest’s');
  if (
    facts.points !== manifest.points ||
    deleted.length !== manifest.deleted ||
    hashLabels(flat.labels()) !== manifest.labelsSha256
  ) {
    throw new GraphFileError('the points are not those of the manifest');
  }
  // An empty graph comes back from hnswlib without any capacity; a new one is as good.
  const graph =
    facts.points === 0
      ? HnswlibGraph.empty(dimensions)
      : HnswlibGraph.read(file, { dimensions, count: facts.points, deleted: deleted.length });
  return { graph, flat, deleted };
}
