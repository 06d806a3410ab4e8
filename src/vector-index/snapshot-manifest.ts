import { z } from 'zod';
import { GRAPH_EF_CONSTRUCTION, GRAPH_M, SNAPSHOT_FORMAT_VERSION } from './graph-parameters.js';

const count = z.number().int().nonnegative();
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** What a graph file must be, to the byte. Nothing native sees the file before all of this was found true. */
export const snapshotManifestSchema = z.strictObject({
  formatVersion: z.literal(SNAPSHOT_FORMAT_VERSION),
  engine: z.literal('hnswlib'),
  generation: count,
  /** Which vectors these are: the embedder's fingerprint and what was done to its vectors. */
  space: z.string(),
  /** During which opening of the store it was written; empty when nobody said. */
  opening: z.string(),
  dimensions: z.number().int().positive(),
  metric: z.literal('cosine'),
  m: z.literal(GRAPH_M),
  efConstruction: z.literal(GRAPH_EF_CONSTRUCTION),
  /** Points in the graph, and how many of them are marked as deleted. */
  points: count,
  deleted: count,
  /** Of the labels that can be found, rising, as little-endian u32. */
  labelsSha256: sha256,
  /** Of the graph file beside the manifest. */
  byteLength: count,
  sha256,
  createdAt: z.string(),
});

export type SnapshotManifest = z.infer<typeof snapshotManifestSchema>;
