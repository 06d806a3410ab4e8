import { type Centring, centre } from '../embedding/centring.js';
import type { EmbeddedPassage, StoreChange } from '../storage/article-store.js';
import type { VectorIndexWriter } from '../vector-index/vector-index.js';

/**
 * Brings a change of the store into the index. The store is on disk already; a crash in between is mended by the
 * reconciliation at the next start.
 */
export async function applyChange(
  change: StoreChange,
  passages: readonly EmbeddedPassage[],
  centring: Centring,
  index: VectorIndexWriter,
): Promise<void> {
  const passageOf = new Map(passages.map((embedded) => [embedded.passage.id, embedded]));
  if (change.removed.length > 0) await index.remove(change.removed);
  const entries = change.added.flatMap(({ label, passageId }) => {
    const embedded = passageOf.get(passageId);
    if (embedded === undefined) return [];
    return [
      { label, vector: centre(embedded.embedding, centring.mean(embedded.passage.language, 'passage')) },
    ];
  });
  if (entries.length > 0) await index.add(entries);
}
