import { invalidArgument } from './fihrist-error.js';

/** Where the service is, and how it is asked. */
export interface FihristClientOptions {
  /** Address of the service, with the path that a proxy puts before it, if any. Default in a browser: the origin of the page. */
  readonly url?: string | URL;
  /** Key of the service, sent as `Authorization: Bearer`. Default: none is sent. In a page, its readers can see it. */
  readonly key?: string;
  /** Default of `CallOptions.timeoutMs`, for all calls. */
  readonly timeoutMs?: number;
  /** Default of `CallOptions.retries`. */
  readonly retries?: number;
  /** What requests are made by, to add a proxy or headers. It must heed `signal`. Default: `globalThis.fetch`. */
  readonly fetch?: (url: string, init: RequestInit) => Promise<Response>;
}

/** How one call is made. */
export interface CallOptions {
  /** Aborting it ends the call at once, with the reason of the signal; the service stops working on it. */
  readonly signal?: AbortSignal;
  /**
   * How long the call may take in milliseconds, with all its tries; of a call that goes on for long, how long nothing
   * may come. Infinity: no limit. Default: `DEFAULT_TIMEOUTS_MS`.
   */
  readonly timeoutMs?: number;
  /** How often a call that failed in passing is sent again. 0: never. Default: 3. */
  readonly retries?: number;
  /** What the log of the service is to know the request by: 1–64 letters, digits, `_` or `-`. Default: random. */
  readonly requestId?: string;
}

/** What `timeoutMs` is by default, in milliseconds. Those of changes are longer than the service works on one. */
export const DEFAULT_TIMEOUTS_MS = {
  /** Searches, lists, articles, tasks, backups, the state of the service. */
  read: 30_000,
  /** Answers; of a streamed one, how long nothing may come. */
  answer: 120_000,
  /** `putArticle`, `addArticle`, `deleteArticle`, `deleteBackup`. */
  write: 150_000,
  /** `addArticles`, `addArticlesAsTask`: how long nothing may come. */
  batch: 300_000,
  /** `waitForTask`: how long the service may be away. */
  wait: 300_000,
} as const;

export const DEFAULT_RETRIES = 3;

/** @returns Without the slash at its end. @throws ARGUMENT_INVALID */
export function readServiceUrl(given: string | URL | undefined): string {
  const { location } = globalThis as { readonly location?: { readonly href: string } };
  const page = location === undefined ? undefined : new URL('/', location.href);
  const url = toUrl(given ?? page ?? '', page);
  const text = JSON.stringify(String(given));
  if (url === null) throw invalidArgument('url', 'the http or https address of the service', text);
  const isHttp = url.protocol === 'http:' || url.protocol === 'https:';
  if (!isHttp || url.search !== '' || url.hash !== '') {
    throw invalidArgument('url', 'an http or https address without ? and #', text);
  }
  // Browsers refuse such addresses, and logs would keep what is in them.
  if (url.username !== '' || url.password !== '') {
    throw invalidArgument('url', 'an address without a user name', 'one with it');
  }
  return url.href.replace(/\/+$/, '');
}

function toUrl(given: string | URL, page: URL | undefined): URL | null {
  try {
    return new URL(given, page);
  } catch {
    return null;
  }
}

/** @throws ARGUMENT_INVALID, without the key */
export function checkKey(key: string | undefined): void {
  if (key === undefined || /^[\x21-\x7e]+$/.test(key)) return;
  throw invalidArgument('key', 'printable ASCII characters without blanks', 'something else');
}

/** @throws ARGUMENT_INVALID */
export function checkNumbers({ timeoutMs, retries }: Pick<CallOptions, 'timeoutMs' | 'retries'>): void {
  if (timeoutMs !== undefined && !(timeoutMs > 0)) {
    throw invalidArgument('timeoutMs', 'a number of milliseconds above 0', String(timeoutMs));
  }
  if (retries !== undefined && !(Number.isInteger(retries) && retries >= 0)) {
    throw invalidArgument('retries', 'a whole number from 0', String(retries));
  }
}
