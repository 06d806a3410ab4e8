import path from 'node:path';
import { pino } from 'pino';
import { openArchive, openArchiveReader } from '../../../dist/compose.js';
import { readConfig } from '../../../dist/config.js';
import { beirArticles } from '../../../dist/evaluation/beir-articles.js';
import { SEARCH_DEFAULTS } from '../../../dist/search/search-request.js';
import { programVersion } from '../installed-versions.mjs';

/**
 * The same composed search as in the service, without HTTP; nothing that was asked before is kept. With `archiveOf` it
 * reads the archive that another peer built, and indexes nothing.
 */
export async function open({ corpusFile, folder, archiveOf = null }) {
  const config = readConfig({
    FIHRIST_INDEX: path.join(archiveOf ?? folder, 'index'),
    FIHRIST_QUERY_CACHE: '0',
    FIHRIST_RESULT_CACHE_MB: '0',
  });
  const options = { config, logger: pino({ level: 'error' }, pino.destination(2)) };
  const archive = archiveOf === null ? await openArchive(options) : await openArchiveReader(options);
  return {
    versions: { fihrist: programVersion() },

    async index() {
      if (archiveOf !== null) return {};
      const report = await archive.ingest(beirArticles(corpusFile), { sourceName: 'peers' });
      if (report.problems.length > 0) throw new Error(report.problems[0].message);
      return { texts: report.textsEmbedded };
    },

    async ask(query) {
      const { hits } = await archive.search({ ...SEARCH_DEFAULTS, query, groupBy: 'article' });
      return hits.map((hit) => hit.articleId);
    },

    close: () => archive.close(),
  };
}
