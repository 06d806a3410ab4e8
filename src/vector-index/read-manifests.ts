import { readFile } from 'node:fs/promises';
import { listGenerations, type SnapshotPaths, snapshotPaths } from './snapshot-files.js';
import { type SnapshotManifest, snapshotManifestSchema } from './snapshot-manifest.js';
import { LAST_LABEL, type LabelledOpening, trustedLabelsOf } from './trusted-labels.js';

/** A generation of snapshots, and its manifest when that can be trusted so far. */
export type SnapshotCandidate =
  | { readonly generation: number; readonly manifest: SnapshotManifest; readonly trustedUpTo: number }
  | { readonly generation: number; readonly rejected: string };

export interface ExpectedSnapshot {
  readonly dimensions: number;
  readonly space: string;
  /** Unset: all labels are trusted. */
  readonly openings?: readonly LabelledOpening[];
}

/**
 * Reads the manifests of a folder, newest first, before anything else looks at a snapshot.
 * Runs in the owner's thread: the index thread would spend a fifth of a second on loading the schema's package.
 * Never throws for what is in the folder.
 */
export async function readManifests(
  folder: string,
  expected: ExpectedSnapshot,
): Promise<SnapshotCandidate[]> {
  const generations = await listGenerations(folder);
  return Promise.all(
    generations.map(async (generation): Promise<SnapshotCandidate> => {
      try {
        const manifest = await readManifest(snapshotPaths(folder, generation), expected);
        return { generation, manifest, trustedUpTo: trustedLabels(manifest, expected) };
      } catch (error) {
        return { generation, rejected: error instanceof Error ? error.message : String(error) };
      }
    }),
  );
}

async function readManifest(paths: SnapshotPaths, expected: ExpectedSnapshot): Promise<SnapshotManifest> {
  const parsed = snapshotManifestSchema.safeParse(parseJson(await readFile(paths.manifest, 'utf8')));
  if (!parsed.success) {
    const fields = parsed.error.issues.map((issue) => issue.path.join('.') || issue.message);
    throw new Error(`its manifest is not one of this version (${fields.join(', ')})`);
  }
  const manifest = parsed.data;
  if (manifest.generation !== paths.generation) {
    throw new Error(`its manifest is of generation ${manifest.generation}`);
  }
  if (manifest.dimensions !== expected.dimensions) {
    throw new Error(`it has ${manifest.dimensions} dimensions, not ${expected.dimensions}`);
  }
  if (manifest.space !== expected.space) {
    throw new Error(`its vectors are of another space (${manifest.space}, not ${expected.space})`);
  }
  return manifest;
}

function trustedLabels({ opening }: SnapshotManifest, { openings }: ExpectedSnapshot): number {
  if (openings === undefined) return LAST_LABEL;
  const trusted = trustedLabelsOf(openings, opening);
  if (trusted === null) throw new Error('it was made of another database');
  return trusted;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error('its manifest is not JSON');
  }
}
