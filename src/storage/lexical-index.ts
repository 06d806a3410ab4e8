/** What is looked for among the words of passages and titles. */
export interface LexicalQuery {
  /** Stems (`MatchToken.stem`), without stop words. A passage needs at least one, unless there are phrases. */
  readonly stems: readonly string[];
  /** Folded words (`MatchToken.folded`) that must stand in the text or title side by side; every phrase must. */
  readonly phrases: ReadonlyArray<readonly string[]>;
}

export interface LexicalMatch {
  readonly label: number;
  /** BM25, or an estimate of it, higher is better: to choose candidates by; ranking computes its own from passage terms. */
  readonly score: number;
}

export interface LexicalStatistics {
  /** Passages of the fingerprint that was asked for. */
  readonly passages: number;
  /** Mean of `PassageTerms.length` over them. */
  readonly meanLength: number;
  /** In how many passages (text or title) each asked stem stands, in the order asked. */
  readonly passagesWith: Uint32Array;
}

export interface LexicalSearchOptions {
  readonly fingerprint: string;
  readonly limit: number;
  /** Rising; only these may be found. Unset: all of the fingerprint. */
  readonly labels?: Uint32Array;
  /**
   * `estimated`: for whoever judges what is found by itself. Scores may be estimates, and towards the end of the list
   * other passages may stand than the exact scores would have there. Default: `exact`.
   */
  readonly scores?: 'exact' | 'estimated';
}

/** Finds passages by words. Searching cannot mutate; words are written with the passages, in the same transaction. */
export interface LexicalIndexReader {
  /** @returns By falling score, ties by rising label; at most `limit` */
  findByWords(query: LexicalQuery, options: LexicalSearchOptions): Promise<LexicalMatch[]>;
  lexicalStatistics(stems: readonly string[], options: { fingerprint: string }): Promise<LexicalStatistics>;
}
