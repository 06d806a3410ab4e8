import type { EmbeddedPassage } from './article-store.js';

/** A passage of the article that is there already. `spans` as in span-list.ts. */
export interface KnownPassage {
  readonly label: number;
  readonly id: string;
  readonly text: string;
  readonly fingerprint: string;
  /** Whether all that is stored of it is what was stored: 0 when it is damaged. Unset: it is. */
  readonly isWhole?: 0 | 1;
}

export interface ReplacementPlan {
  /** Passages that stay what they are to the vector index; only their place or sentences may differ. */
  readonly kept: ReadonlyArray<{ label: number; embedded: EmbeddedPassage }>;
  /** Passages that need a new label, in reading order. */
  readonly added: readonly EmbeddedPassage[];
  /** Labels that end, rising. */
  readonly removed: readonly number[];
}

/**
 * Decides which passages of a replaced article keep their label: those whose id, text and fingerprint are the same, and
 * that are not damaged.
 * A label's vector never changes, so another fingerprint means another label. Pure; used by every adapter.
 */
export function planReplacement(
  known: readonly KnownPassage[],
  input: { readonly passages: readonly EmbeddedPassage[]; readonly fingerprint: string },
): ReplacementPlan {
  const knownById = new Map(known.map((passage) => [passage.id, passage]));
  const kept: Array<{ label: number; embedded: EmbeddedPassage }> = [];
  const added: EmbeddedPassage[] = [];
  const keptLabels = new Set<number>();
  for (const embedded of input.passages) {
    const before = knownById.get(embedded.passage.id);
    const isSame = before?.fingerprint === input.fingerprint && before.text === embedded.passage.text;
    if (isSame && before.isWhole !== 0) {
      kept.push({ label: before.label, embedded });
      keptLabels.add(before.label);
    } else {
      added.push(embedded);
    }
  }
  const removed = known.map((passage) => passage.label).filter((label) => !keptLabels.has(label));
  return { kept, added, removed: removed.sort((a, b) => a - b) };
}
