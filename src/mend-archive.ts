import type { Logger } from 'pino';
import type { Archive } from './compose.js';

/** Ids that are told of a kind of damage; `fihrist verify` tells all. */
const MOST_TOLD = 10;

export interface MendOptions {
  readonly archive: Pick<Archive, 'store' | 'remakeArticles'>;
  readonly logger: Logger;
  /** What holds the archive, for messages. */
  readonly file: string;
  /** Ends it. */
  readonly signal: AbortSignal;
}

/**
 * Has everything that is stored looked at, beside the service; makes anew what can be made anew, and tells the log what
 * was damaged. Never fails.
 */
export async function mendArchive({ archive, logger, file, signal }: MendOptions): Promise<void> {
  const begun = performance.now();
  try {
    const { ofFile, wordsMended, toRemake, lost } = await archive.store.mend();
    const remade: string[] = [];
    for (const id of toRemake) {
      if (signal.aborted) break;
      await archive.remakeArticles([id]);
      remade.push(id);
    }
    const told = (ids: readonly string[]) => ({ file, count: ids.length, articles: ids.slice(0, MOST_TOLD) });
    if (wordsMended > 0) {
      logger.error(
        { file, passages: wordsMended },
        'words that passages are found by were damaged, and were made anew',
      );
    }
    if (remade.length > 0) {
      logger.error(
        told(remade),
        'passages of these articles were damaged, and were made anew of their texts',
      );
    }
    if (lost.length > 0) {
      logger.error(
        told(lost),
        'the texts of these articles are damaged, and are not shown: send them again or delete them; fihrist verify --repair has those of folders read again',
      );
    }
    if (ofFile.length > 0) {
      logger.error(
        { file, findings: ofFile },
        'the database is damaged: restore a backup, or try fihrist verify --repair',
      );
    }
    logger.info({ file, ms: Math.round(performance.now() - begun) }, 'all that is stored was looked at');
  } catch (error) {
    if (error instanceof Error && error.name === 'AbortError') return; // the archive was closed
    logger.error(
      { err: error, file },
      'what is stored could not be looked at; fihrist verify tells what is wrong, and with --repair makes anew what it can',
    );
  }
}
