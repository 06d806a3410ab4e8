/** What of an article its link is made of. */
export interface LinkedArticle {
  readonly articleId: string;
  readonly url: string | null;
}

/**
 * Where people read an article: where it was published, else its page on this service. Never empty, since what other
 * software shows as a source it shows by its link.
 * @param serviceUrl  Address of this service, without a slash at the end.
 */
export function articleLink({ articleId, url }: LinkedArticle, serviceUrl: string): string {
  if (url !== null && url.trim() !== '') return url;
  return `${serviceUrl}/articles/${encodeURIComponent(articleId)}`;
}
