/** What the parts that keep things may keep, and how much may be worked on at once. */
export interface MemoryShares {
  /** Embeddings of questions; 0 for none. */
  readonly queryEntries: number;
  /** Bytes of whole results; 0 for none. */
  readonly resultBytes: number;
  /** Vectors of candidates. */
  readonly candidateRows: number;
  /** Entries of posting lists. */
  readonly postingEntries: number;
  /** Passages whose terms are kept. */
  readonly termPassages: number;
  /** Passages that were shown. */
  readonly passageRecords: number;
  /** Of the connection that reads. */
  readonly pageCacheBytes: number;
  /** Copies of the model that may compute at once. */
  readonly modelCopies: number;
  /** Characters of articles that are being written; null for no limit. */
  readonly articles: {
    /** Of all of them at once. */
    readonly mostCharacters: number;
    /** Of one, which is written alone when it is more than the above. */
    readonly longest: number;
  } | null;
}

const MB = 2 ** 20;

/** What is kept when there is no ceiling, or one that is far away: about 260 MB when all of it is full. */
export const FULL_SHARES = {
  candidateRows: 125_000,
  postingEntries: 2_000_000,
  termPassages: 20_000,
  passageRecords: 4_000,
  pageCacheBytes: 64 * MB,
} as const;

/** What an entry of each takes, words and objects around it counted, at 384 dimensions. */
const ENTRY_BYTES = {
  queryEntries: 1_950,
  resultBytes: 1,
  candidateRows: 800,
  postingEntries: 8,
  termPassages: 1_500,
  passageRecords: 2_000,
  pageCacheBytes: 1,
} as const satisfies Record<Kept, number>;

type Kept = Exclude<keyof MemoryShares, 'articles' | 'modelCopies'>;

/** Of what the ceiling leaves over: the rest is for requests, garbage that was not collected yet, and peaks. */
const CACHE_SHARE = 0.5;
const WORK_SHARE = 0.25;
/** Of what the ceiling leaves over, at the most, before anything else is shared. */
const COPIES_SHARE = 0.4;
/** One article may take what is kept as well: that goes when memory gets short, and comes back. */
const LONGEST_SHARE = CACHE_SHARE + WORK_SHARE;

/**
 * While an article is embedded and written, for each of its characters: vectors of passages and sentences, on their way from one
 * thread to the other. Measured with texts of 500,000 to 2,000,000 characters: 86 to 96.
 */
export const BYTES_PER_CHARACTER = 100;

/** So little work is always let in, for it takes no more than what a search does. */
const LEAST_CHARACTERS = 100_000;

export interface SharedMemory {
  /** Null for no ceiling. */
  readonly ceilingBytes: number | null;
  /** What the service needs before it keeps anything: see `neededMemory`. */
  readonly neededBytes: number;
  /** What the settings wish for at most. */
  readonly wished: Pick<MemoryShares, 'queryEntries' | 'resultBytes' | 'modelCopies'>;
  /** What each copy of the model takes that is not the first. */
  readonly modelCopyBytes: number;
}

/**
 * Divides what a ceiling leaves beside what is needed: further copies of the model take two fifths at the most; of the rest,
 * half is for all that is kept, a quarter for articles that are being written. Each part gets what it would have without a ceiling, or all of them the same part of that.
 */
export function shareMemory({
  ceilingBytes,
  neededBytes,
  wished,
  modelCopyBytes,
}: SharedMemory): MemoryShares {
  const full = { ...FULL_SHARES, ...wished };
  if (ceilingBytes === null) return { ...full, articles: null };
  const overBytes = Math.max(0, ceilingBytes - neededBytes);
  const further = Math.min(wished.modelCopies - 1, Math.floor((COPIES_SHARE * overBytes) / modelCopyBytes));
  const leftBytes = overBytes - further * modelCopyBytes;
  const part = Math.min(1, (CACHE_SHARE * leftBytes) / bytesOf(full));
  const of = (kept: Kept) => (full[kept] === 0 ? 0 : Math.max(1, Math.floor(part * full[kept])));
  return {
    queryEntries: of('queryEntries'),
    resultBytes: of('resultBytes'),
    candidateRows: of('candidateRows'),
    postingEntries: of('postingEntries'),
    termPassages: of('termPassages'),
    passageRecords: of('passageRecords'),
    pageCacheBytes: of('pageCacheBytes'),
    modelCopies: 1 + further,
    articles: {
      mostCharacters: charactersIn(WORK_SHARE * leftBytes),
      longest: charactersIn(LONGEST_SHARE * leftBytes),
    },
  };
}

function charactersIn(bytes: number): number {
  return Math.max(LEAST_CHARACTERS, Math.floor(bytes / BYTES_PER_CHARACTER));
}

/** What all that is kept takes when it is full. */
export function bytesOf(shares: Pick<MemoryShares, Kept>): number {
  return (Object.keys(ENTRY_BYTES) as Kept[]).reduce(
    (sum, kept) => sum + shares[kept] * ENTRY_BYTES[kept],
    0,
  );
}
