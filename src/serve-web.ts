import { fileURLToPath } from 'node:url';
import type { Logger } from 'pino';
import type { ArchiveReader } from './compose.js';
import type { Edition } from './editions/list-editions.js';
import type { HttpServerOptions } from './http/http-server-options.js';
import { isAllowed } from './keys/caller.js';
import { readSampleQuestions } from './read-sample-questions.js';
import type { TaskView } from './tasks/task-view.js';
import { createWebPages, type WebPages } from './web/create-web-pages.js';
import type { RecentSearches } from './web/recent-searches.js';
import { NO_SAMPLES, type SampleQuestions } from './web/sample-questions.js';
import { loadWebAssets } from './web/web-assets.js';
import type { ReaderSessions, WebServices } from './web/web-services.js';

/** Questions that the sample archive is measured by; those that another archive answers are shown there, too. */
const QUESTIONS_FILE = fileURLToPath(new URL('../corpus/questions.jsonl', import.meta.url));

interface WebParts
  extends Pick<HttpServerOptions, 'search' | 'answer' | 'related' | 'article' | 'readiness' | 'version'> {
  /** Null as long as it is not open. */
  readonly archive: () => ArchiveReader | null;
  readonly editions: () => readonly Edition[];
  /** The oldest first; null as long as they are not open. */
  readonly unfinishedTasks: () => readonly TaskView[] | null;
  readonly searches: RecentSearches;
  readonly readers: ReaderSessions;
  readonly logger: Logger;
}

/** The pages for people on the parts of a running service. */
export function createServedPages(parts: WebParts): WebPages {
  const { archive, editions, unfinishedTasks, logger, ...services } = parts;
  const keptEditions = keepForAWhile(editions);
  return createWebPages({
    ...services,
    assets: loadWebAssets(),
    // As GET /v1/tasks shows them to those alone who may write.
    tasks: (access) => (isAllowed(access, 'articles:write') ? unfinishedTasks() : null),
    sampleQuestions: keepPerGeneration(archive, logger),
    // Figures and samples are of the whole archive: not for readers who are to know a part of it only.
    archiveFigures: async ({ filter }) => {
      const opened = archive();
      return opened === null || filter !== null
        ? null
        : { ...(await opened.store.stats()), modelName: opened.model.name, editions: keptEditions() };
    },
  });
}

/** Counting passages holds up the event loop, and pages renew themselves every few seconds. */
const EDITIONS_KEPT_MS = 60_000;

function keepForAWhile<Value>(read: () => Value): () => Value {
  let kept: { readonly value: Value; readonly untilMs: number } | null = null;
  return () => {
    if (kept === null || performance.now() >= kept.untilMs) {
      kept = { value: read(), untilMs: performance.now() + EDITIONS_KEPT_MS };
    }
    return kept.value;
  };
}

/** Reads the samples again when the archive has changed. Without them the page is whole all the same. */
function keepPerGeneration(archive: WebParts['archive'], logger: Logger): WebServices['sampleQuestions'] {
  let kept: { readonly generation: number; readonly samples: Promise<SampleQuestions> } | null = null;
  return async ({ filter }) => {
    const store = archive()?.store;
    if (store === undefined || filter !== null) return NO_SAMPLES;
    const generation = await store.generation();
    if (kept?.generation !== generation) {
      const samples = readSampleQuestions(QUESTIONS_FILE, store).catch((error: unknown) => {
        logger.warn({ err: error }, 'no sample questions');
        return NO_SAMPLES;
      });
      kept = { generation, samples };
    }
    return kept.samples;
  };
}
