import { z } from 'zod';
import { articleLink } from '../search/article-link.js';
import { articleName } from '../search/article-name.js';
import { checkQuery, SEARCH_DEFAULTS } from '../search/search-request.js';
import type { McpArchive } from './mcp-archive.js';

export const searchInput = z.object({
  query: z.string().describe('The question, in Arabic or English.'),
});

export const searchOutput = z.object({
  results: z
    .array(
      z.object({
        id: z.string().describe('What to fetch the article by.'),
        title: z.string().describe('Title of the article.'),
        url: z.string().describe('Where people read it.'),
      }),
    )
    .describe('Articles that answer the question, best first.'),
});

/** The articles that answer a question, best first: what the tool `search` gives. */
export async function searchForTool(
  archive: McpArchive,
  { query }: z.output<typeof searchInput>,
  signal: AbortSignal,
): Promise<z.output<typeof searchOutput>> {
  const request = { ...SEARCH_DEFAULTS, query: checkQuery(query), groupBy: 'article' } as const;
  const { hits } = await archive.search(request, signal);
  const serviceUrl = archive.serviceUrl();
  return {
    results: hits.map((hit) => ({
      id: hit.articleId,
      title: articleName(hit),
      url: articleLink(hit, serviceUrl),
    })),
  };
}
