import type { Logger } from 'pino';
import type { ArticleStore } from './storage/article-store.js';

/**
 * Has the words of all passages looked at, beside the service, and tells what became of them. Never fails.
 * @param file  Where they are.
 */
export async function mendWords({
  store,
  logger,
  file,
}: {
  readonly store: Pick<ArticleStore, 'mendWords'>;
  readonly logger: Logger;
  readonly file: string;
}): Promise<void> {
  const begun = performance.now();
  try {
    const found = await store.mendWords();
    const facts = { file, ...found, ms: Math.round(performance.now() - begun) };
    if (found.wrong === 0) logger.info(facts, 'the words of all passages are right');
    else logger.error(facts, 'words that passages are found by were damaged, and were made anew');
  } catch (error) {
    if (error instanceof Error && error.name === 'AbortError') return; // the archive was closed
    logger.error(
      { err: error, file },
      'the words that passages are found by could not be checked; fihrist verify tells what is wrong, and with --repair makes them anew',
    );
  }
}
