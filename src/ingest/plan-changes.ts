import type { ArticleSource } from '../corpus/article-source.js';
import type { ArticleId, RawArticle } from '../domain/article.js';
import { FihristError } from '../domain/errors.js';
import type { ArticleState } from '../storage/article-store.js';
import { hashArticle } from './hash-article.js';
import type { IngestProblem } from './ingest-report.js';
import { idOfOtherSource } from './write-article.js';

/** What a run has to do, known before the first text is embedded. */
export interface IngestPlan {
  /** Content hash of each article that is new or changed. */
  readonly changed: ReadonlyMap<ArticleId, string>;
  /** Characters of the changed articles: what progress is measured in. */
  readonly characters: number;
  readonly unchanged: number;
  readonly removed: readonly ArticleId[];
  readonly problems: readonly IngestProblem[];
}

export interface PlanOptions {
  /** States of every article in the store. */
  readonly states: readonly ArticleState[];
  /** The collection that `source` is the whole of: what is stored under this name and not in it goes. */
  readonly sourceName: string;
  readonly fingerprint: string;
  readonly signal?: AbortSignal;
  readonly onRead?: (articles: number) => void;
}

/**
 * Reads a source once and says what is new, changed, unchanged and gone. Keeps no article in memory.
 * An article is gone only when its place was read: what cannot be read is never taken as removed, and a source that
 * suddenly gives nothing at all (a folder that is not mounted) empties nothing. An id of another source is left alone.
 */
export async function planChanges(source: ArticleSource, options: PlanOptions): Promise<IngestPlan> {
  const stateOf = new Map(options.states.map((state) => [state.id, state]));
  const seen = new Map<ArticleId, RawArticle['origin']>();
  const changed = new Map<ArticleId, string>();
  const problems: IngestProblem[] = [];
  const unread: string[] = [];
  let characters = 0;

  for await (const item of source.articles(options.signal)) {
    if (item.kind === 'problem') {
      problems.push(toProblem(item.error));
      unread.push(item.unread);
      continue;
    }
    const { article } = item;
    const first = seen.get(article.id);
    if (first !== undefined) {
      problems.push(toProblem(duplicateId(article, first)));
      continue;
    }
    const state = stateOf.get(article.id);
    if (state !== undefined && state.source !== options.sourceName) {
      problems.push(toProblem(idOfOtherSource(article, state)));
      continue;
    }
    seen.set(article.id, article.origin);
    options.onRead?.(seen.size);
    const contentHash = hashArticle(article);
    if (state?.contentHash === contentHash && state.fingerprint === options.fingerprint) continue;
    changed.set(article.id, contentHash);
    characters += article.text.length;
  }

  const own = options.states.filter((state) => state.source === options.sourceName);
  const isSuddenlyEmpty = seen.size === 0 && own.length > 0;
  if (isSuddenlyEmpty && unread.length === 0) problems.push(toProblem(suddenlyEmpty(own.length)));
  const removed = (isSuddenlyEmpty ? [] : own)
    .filter((state) => !seen.has(state.id))
    .filter((state) => !unread.some((place) => liesIn(state.originFile, place)))
    .map((state) => state.id);
  return {
    changed,
    characters,
    unchanged: seen.size - changed.size,
    removed,
    problems,
  };
}

export function toProblem(error: FihristError): IngestProblem {
  return { code: error.code, message: error.message, details: error.details };
}

function liesIn(file: string, place: string): boolean {
  return file === place || file.startsWith(place.endsWith('/') ? place : `${place}/`);
}

function duplicateId(article: RawArticle, first: RawArticle['origin']): FihristError {
  const at = (origin: RawArticle['origin']) =>
    origin.line === undefined ? origin.file : `${origin.file}:${origin.line}`;
  return new FihristError(
    'ARTICLE_ID_DUPLICATE',
    `The id "${article.id}" in ${at(article.origin)} is taken by ${at(first)}; the first is kept.`,
    { details: { id: article.id, kept: at(first), ignored: at(article.origin) } },
  );
}

function suddenlyEmpty(articles: number): FihristError {
  return new FihristError(
    'CORPUS_EMPTY',
    `No article was found, but the archive holds ${articles} from here before; nothing was removed.`,
    { details: { found: 0, kept: articles } },
  );
}
