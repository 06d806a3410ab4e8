import { type Centring, centre } from '../embedding/centring.js';
import type { ArticleStoreReader } from '../storage/article-store.js';
import type { VectorIndexWriter } from '../vector-index/vector-index.js';

/** Rows read from the store at a time. */
const BATCH_ROWS = 1_000;

export interface ReconcileReport {
  readonly added: number;
  readonly removed: number;
}

/**
 * Makes the index hold exactly what the store holds: the store is the truth, the index a cache that may be old,
 * empty, or a few changes behind after a crash. Labels are never reused and a label's vector never changes, so
 * comparing labels is enough; but for those beyond `trustedUpTo`, which may be another store's and are put in anew.
 * Cost: nothing more than two lists of labels when they agree.
 */
export async function reconcileIndex(
  store: Pick<ArticleStoreReader, 'labels' | 'embeddings'>,
  index: Pick<VectorIndexWriter, 'labels' | 'add' | 'remove'>,
  options: { fingerprint: string; centring: Centring; trustedUpTo: number },
): Promise<ReconcileReport> {
  const wanted = await store.labels({ fingerprint: options.fingerprint });
  const { missing, surplus } = compareLabels(wanted, await index.labels(), options.trustedUpTo);
  if (surplus.length > 0) await index.remove(surplus);

  const isMissing = new Set(missing);
  let added = 0;
  let after = (missing[0] ?? 0) - 1;
  while (added < missing.length) {
    const rows = await store.embeddings({ fingerprint: options.fingerprint, after, limit: BATCH_ROWS });
    if (rows.length === 0) break;
    after = rows.at(-1)?.label ?? after;
    const entries = rows
      .filter((row) => isMissing.has(row.label))
      .map((row) => ({
        label: row.label,
        vector: centre(row.embedding, options.centring.mean(row.language, 'passage')),
      }));
    if (entries.length > 0) await index.add(entries);
    added += entries.length;
  }
  return { added, removed: surplus.length };
}

/** Both rising. Labels beyond `trustedUpTo` that are present are surplus, and missing where they are wanted. */
function compareLabels(wanted: Uint32Array, present: Uint32Array, trustedUpTo: number) {
  const missing: number[] = [];
  const surplus: number[] = [];
  let at = 0;
  for (const label of present) {
    for (; at < wanted.length && (wanted[at] as number) < label; at += 1) missing.push(wanted[at] as number);
    const isWanted = wanted[at] === label;
    if (isWanted && label <= trustedUpTo) at += 1;
    else surplus.push(label);
  }
  for (; at < wanted.length; at += 1) missing.push(wanted[at] as number);
  return { missing, surplus };
}
