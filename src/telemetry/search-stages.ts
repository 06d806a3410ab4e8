/**
 * Where the time of a search goes. Waiting for the model (its queue, the way to its thread and back) and the model itself
 * run beside the search by words; the others follow one another.
 */
export const SEARCH_STAGES = ['embed_wait', 'embed', 'words', 'vector', 'rank', 'show'] as const;

export type SearchStage = (typeof SEARCH_STAGES)[number];

/** How many passages came how far. */
export interface CandidateCounts {
  /** Passages that languages and filters admit. */
  readonly admitted: number;
  readonly byVector: number;
  readonly byWords: number;
  /** Of both lists together. */
  readonly ranked: number;
}

/** Hears from a search, while it runs, how long its stages took and what they found. Must not throw, and must be cheap. */
export interface SearchStages {
  /**
   * @param startedAt  Like `endedAt` by `performance.now()` of the main thread.
   */
  took(stage: SearchStage, startedAt: number, endedAt: number): void;
  found(counts: Partial<CandidateCounts>): void;
}

/** For a search that nobody watches. */
export const NO_STAGES: SearchStages = { took: () => {}, found: () => {} };

export interface StageTime {
  readonly stage: SearchStage;
  readonly startedAt: number;
  readonly endedAt: number;
}

/** Keeps what one search, or several of one request, tells. */
export class RecordedStages implements SearchStages {
  /** In the order of ending. */
  readonly times: StageTime[] = [];
  #counts: Partial<CandidateCounts> = {};

  took(stage: SearchStage, startedAt: number, endedAt: number): void {
    this.times.push({ stage, startedAt, endedAt });
  }

  found(counts: Partial<CandidateCounts>): void {
    this.#counts = { ...this.#counts, ...counts };
  }

  /** Those that were told; of a search that failed or was answered from a cache, not all. */
  get counts(): Partial<CandidateCounts> {
    return this.#counts;
  }

  /** Milliseconds of each stage that ran, in the order of SEARCH_STAGES. */
  totalMs(): Partial<Record<SearchStage, number>> {
    const totals: Partial<Record<SearchStage, number>> = {};
    for (const stage of SEARCH_STAGES) {
      const times = this.times.filter((time) => time.stage === stage);
      if (times.length === 0) continue;
      totals[stage] = times.reduce((sum, { startedAt, endedAt }) => sum + endedAt - startedAt, 0);
    }
    return totals;
  }
}
