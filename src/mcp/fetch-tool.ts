import { z } from 'zod';
import { asArticleId } from '../domain/article.js';
import { FihristError } from '../domain/errors.js';
import { articleLink } from '../search/article-link.js';
import { articleName } from '../search/article-name.js';
import { articleText } from '../search/article-text.js';
import type { StoredArticle } from '../storage/article-store.js';
import { describeValue, quoteValue } from '../text/describe-value.js';
import type { McpArchive } from './mcp-archive.js';

export const fetchInput = z.object({
  id: z.string().describe('The id of a search result.'),
});

export const fetchOutput = z.object({
  id: z.string().describe('The id that was asked for.'),
  title: z.string().describe('Title of the article.'),
  text: z.string().describe('The whole article, without its title.'),
  url: z.string().describe('Where people read it.'),
  metadata: z
    .record(z.string(), z.string())
    .describe('Language, collection, and where they are known the date and the tags.'),
});

/**
 * A whole article: what the tool `fetch` gives.
 * @throws ARTICLE_NOT_FOUND (caller)
 */
export async function fetchForTool(
  archive: McpArchive,
  { id }: z.output<typeof fetchInput>,
): Promise<z.output<typeof fetchOutput>> {
  const article = await archive.article(asArticleId(id));
  if (article === null) {
    throw new FihristError('ARTICLE_NOT_FOUND', `No article has the id ${quoteValue(id)}.`, {
      details: { id: describeValue(id) },
    });
  }
  const named = { articleId: article.id, title: article.title, url: article.url };
  return {
    id: article.id,
    title: articleName(named),
    text: articleText(article.passages),
    url: articleLink(named, archive.serviceUrl()),
    metadata: metadataOf(article),
  };
}

function metadataOf({ language, source, publishedAt, tags }: StoredArticle): Record<string, string> {
  return {
    language,
    source,
    ...(publishedAt === null ? {} : { published_at: publishedAt }),
    ...(tags.length === 0 ? {} : { tags: tags.join(', ') }),
  };
}
