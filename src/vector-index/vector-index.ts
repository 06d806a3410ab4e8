/** Names a vector in the index: an integer from 0 to 4,294,967,295; the store gives each passage one, never reused. */
export type VectorLabel = number;

export interface VectorMatch {
  readonly label: VectorLabel;
  /** Cosine, −1…1, higher is closer. */
  readonly similarity: number;
}

export interface VectorSearchOptions {
  /** Matches wanted; fewer only when fewer are there. */
  readonly limit: number;
  /** Candidates kept while walking a graph; exact adapters ignore it. Minimum: 2 × limit. Default: 80. */
  readonly searchWidth?: number;
  /** Only these labels may match, exactly. Unknown labels are ignored. */
  readonly labels?: Uint32Array;
}

export interface VectorEntry {
  readonly label: VectorLabel;
  /** Unit length, shape [dimensions]. */
  readonly vector: Float32Array;
}

/** Searching cannot mutate. */
export interface VectorIndexReader {
  readonly dimensions: number;
  /**
   * Finds the vectors that point most nearly the same way as `query`.
   * @returns By falling similarity; ties by rising label, so results are stable.
   * @throws VECTOR_DIMENSION_MISMATCH, VECTOR_NOT_FINITE (bug) before anything native sees the query.
   */
  search(query: Float32Array, options: VectorSearchOptions): Promise<VectorMatch[]>;
  size(): Promise<number>;
}

export interface VectorIndexWriter {
  /** Adds or replaces; all or none. Findable when the promise resolves. @throws VECTOR_* (bug) */
  add(entries: readonly VectorEntry[]): Promise<void>;
  /** Unknown labels are ignored. A removed label is never found again. */
  remove(labels: readonly VectorLabel[]): Promise<void>;
  /**
   * A number that rises when a change begins and again when it is complete (or has failed): as long as it stays the
   * same, nothing new can be found. Costs nothing.
   */
  changes(): Promise<number>;
  /** Every label in the index, rising. */
  labels(): Promise<Uint32Array>;
  /**
   * Writes what is in memory to disk as a new generation: atomic, checksummed, the previous kept until the next opens.
   * Does nothing when nothing changed. @throws DISK_FULL, STORE_READ_ONLY (operator); what was there stays usable.
   */
  publishSnapshot(): Promise<void>;
  close(): Promise<void>;
}

export type VectorIndex = VectorIndexReader & VectorIndexWriter;
