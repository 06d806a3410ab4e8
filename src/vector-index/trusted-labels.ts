/** Of all labels there can be. */
export const LAST_LABEL = 4_294_967_295;

/** An opening of the store, the oldest first: see StoreOpening. */
export interface LabelledOpening {
  readonly id: string;
  /** The highest label that was given before it. */
  readonly labelsBefore: number;
}

/**
 * Up to which label a snapshot and a store speak of the same passages, when the snapshot was written during the opening
 * `id` of some store: up to the last one that this store gave before its next opening. What is beyond was given by
 * another copy of the store, or by this one before it was put back to an earlier time.
 * @returns Null when the store knows of no such opening: no label can be trusted.
 */
export function trustedLabelsOf(openings: readonly LabelledOpening[], id: string): number | null {
  const at = openings.findIndex((opening) => opening.id === id);
  if (at === -1) return null;
  return openings[at + 1]?.labelsBefore ?? LAST_LABEL;
}
