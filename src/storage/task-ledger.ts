/** What became of one article of a task. */
export interface TaskResult {
  /** Id of the task. */
  readonly task: string;
  /** The article's place in the task, from 0. */
  readonly index: number;
  readonly status: 'created' | 'updated' | 'unchanged' | 'failed';
  /** Of the article as it was sent. */
  readonly sizeBytes: number;
  /** What the task tells of a failure, in a form of its own; null for the others. */
  readonly failure: string | null;
}

/** How many articles of a task became what. */
export interface TaskCounts {
  readonly articlesDone: number;
  readonly bytesDone: number;
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly failed: number;
}

/** How far a task is. */
export interface KeptTask {
  /** Of the articles that are done without a gap, in the order given: the next one to do has the index `articlesDone`. */
  readonly counts: TaskCounts;
  /** Of those, the failures that are kept, by rising index. */
  readonly failures: ReadonlyArray<{ readonly index: number; readonly failure: string }>;
  /** What is done behind the first gap, by rising index. */
  readonly ahead: readonly TaskResult[];
}

/** Failures of a task that are kept; how many there were in all, the counts tell. */
export const MOST_KEPT_FAILURES = 100;

/**
 * Keeps how far tasks are in the same place as the articles, so that none is done twice: what was written by a task
 * and then changed by somebody else must not be written again. An article that a task writes is in one transaction
 * with its result (`putArticle`). Of one that needed no writing the result is kept at the latest with the next change,
 * whoever makes it: nobody can have changed the article before.
 */
export interface TaskLedger {
  /**
   * Begins to keep a task, or goes on with it. Whatever is further counts.
   * @throws STORE_UNUSABLE (operator) when what is kept cannot be right
   */
  begin(task: string, counts: TaskCounts): Promise<KeptTask>;
  /** Notes what became of an article without its being written. At once; it is on disk with the next change, or `keep`. */
  note(result: TaskResult): void;
  /** Brings what was noted to disk. Nothing is written when there is nothing. @throws as every write */
  keep(): Promise<void>;
  /** Forgets all tasks but these, whose ends are told elsewhere by now. */
  forgetAllBut(tasks: readonly string[]): Promise<void>;
}
