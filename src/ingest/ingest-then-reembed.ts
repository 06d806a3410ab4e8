import type { ArticleSource } from '../corpus/article-source.js';
import { type IngestOptions, ingestArticles } from './ingest-articles.js';
import type { IngestDependencies } from './ingest-dependencies.js';
import type { IngestReport } from './ingest-report.js';
import { reembedArticles } from './reembed-articles.js';

/** What another model embedded cannot be found by this one: it is embedded again, whichever collection it is of. */
export async function ingestThenReembed(
  source: ArticleSource,
  dependencies: IngestDependencies,
  options: IngestOptions,
): Promise<IngestReport> {
  const report = await ingestArticles(source, dependencies, options);
  const again = await reembedArticles(dependencies, options);
  return {
    ...report,
    textsEmbedded: report.textsEmbedded + again.textsEmbedded,
    problems: [...report.problems, ...again.problems],
  };
}
