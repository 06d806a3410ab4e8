import type { Request, Response } from 'express';
import type { ErrorCode } from '../domain/errors.js';
import type { SearchFilter } from '../domain/search-filter.js';
import type { KeyScope } from '../keys/key-store.js';
import type { WatchSearch } from '../search/watch-search.js';

/** For whom a page is made, and until when. */
export interface ReaderAccess {
  /** Articles that the reader may see; null when all. */
  readonly filter: SearchFilter | null;
  /** What else the reader may do. */
  readonly scopes: readonly KeyScope[];
  /** Fires when the reader has gone away, or the time for the page is over. */
  readonly signal: AbortSignal;
  /** Every search for the reader is run through it. */
  readonly watch: WatchSearch;
}

/** One request for a page, its address read. */
export interface WebCall {
  readonly req: Request;
  readonly res: Response;
  /** The parameters of the path, decoded. */
  readonly path: Readonly<Record<string, string>>;
  /** What stands after `?`, encoded. */
  readonly search: string;
  readonly access: ReaderAccess;
  /** Whether the reader has signed in, and can sign out. */
  readonly isSignedIn: boolean;
  /** `performance.now()` when the request had arrived. */
  readonly startedAt: number;
}

/** A page, or a file that belongs to one. */
export interface WebPage {
  readonly method: 'get' | 'post';
  /** `/articles/{id}`; a parameter may hold slashes. */
  readonly path: `/${string}`;
  /** Unique, camelCase. */
  readonly name: string;
  /** A few words without a full stop. */
  readonly summary: string;
  /** Whether it shows what is in the archive: then it asks for a key where keys are asked for. */
  readonly scope: 'public' | 'search';
  readonly lane: 'light' | 'search' | 'answer';
  /** What its own work can throw. */
  readonly errors: readonly ErrorCode[];
  /** Answers. What it throws becomes an error page. */
  handle(call: WebCall): void | Promise<void>;
}
