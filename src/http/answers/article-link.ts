import type { IncomingMessage } from 'node:http';
import type { RankedPassage } from '../../domain/ranked-passage.js';

/**
 * Where a reader finds the article of a passage: where it was published, else the article in this service, as the caller
 * reaches it. Never empty: clients show no source without an address.
 */
export function articleLink(req: IncomingMessage, { url, articleId }: RankedPassage): string {
  if (url !== null) return url;
  const { host } = req.headers;
  const address = host !== undefined && /^[\w.:[\]-]+$/.test(host) ? host : 'localhost';
  return `http://${address}/v1/articles/${encodeURIComponent(articleId)}`;
}
