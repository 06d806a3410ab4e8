import { toLine, type WrittenArticle } from './written-article.js';

export interface Hit {
  readonly article_id: string;
  readonly text: string;
}

export interface WireTask {
  readonly id: string;
  readonly state: string;
  readonly articles_total: number;
  readonly articles_done: number;
  readonly counts: { readonly failed: number };
}

/** A reply: its status and its body as JSON, null when it has none. */
export interface Reply<Body> {
  readonly status: number;
  readonly body: Body;
}

/** Fields of an error reply, beside those of a good one. */
export interface Refusal {
  readonly error?: { readonly code: string; readonly message: string };
}

/** The service over HTTP. Every call fails when the connection does: the service was killed. */
export class ServiceClient {
  readonly url: string;

  constructor(url: string) {
    this.url = url;
  }

  put({ id, title, text }: WrittenArticle): Promise<Reply<{ status?: string } & Refusal>> {
    return this.send('PUT', `/v1/articles/${id}`, JSON.stringify({ title, text }));
  }

  delete(id: string): Promise<Reply<Refusal | null>> {
    return this.send('DELETE', `/v1/articles/${id}`);
  }

  /** A task of all of them. */
  addLater(articles: readonly WrittenArticle[]): Promise<Reply<{ task?: WireTask } & Refusal>> {
    const body = articles.map(toLine).join('\n');
    return this.send('POST', '/v1/articles?async=true', body, 'application/x-ndjson');
  }

  article(
    id: string,
  ): Promise<Reply<{ title: string; passages: ReadonlyArray<{ text: string }> } & Refusal>> {
    return this.send('GET', `/v1/articles/${id}`);
  }

  search(
    query: string,
    mode: 'hybrid' | 'dense' | 'keyword',
  ): Promise<Reply<{ hits: readonly Hit[] } & Refusal>> {
    return this.send('POST', '/v1/search', JSON.stringify({ query, mode, limit: 10 }));
  }

  readiness(): Promise<
    Reply<{
      reasons: ReadonlyArray<{ code: string; message: string }>;
      warnings: ReadonlyArray<{ code: string; message: string }>;
    }>
  > {
    return this.send('GET', '/readyz');
  }

  task(id: string): Promise<Reply<WireTask & Refusal>> {
    return this.send('GET', `/v1/tasks/${id}`);
  }

  async unfinishedTasks(): Promise<readonly WireTask[]> {
    const { body } = await this.send<{ tasks: WireTask[] }>('GET', '/v1/tasks?states=queued,running');
    return body.tasks;
  }

  /** Ids of all articles. */
  async ids(): Promise<string[]> {
    const ids: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const after: string = cursor === '' ? '' : `&cursor=${cursor}`;
      const { body } = await this.send<{ articles: Array<{ id: string }>; next_cursor: string | null }>(
        'GET',
        `/v1/articles?limit=100${after}`,
      );
      ids.push(...body.articles.map(({ id }) => id));
      cursor = body.next_cursor;
    }
    return ids;
  }

  /** How many vectors the index has, and how many passages the store. */
  async sizes(): Promise<{ vectors: number; passages: number }> {
    const text = await (await fetch(`${this.url}/metrics`)).text();
    const sumOf = (name: string) =>
      [...text.matchAll(new RegExp(`^${name}(?:\\{.*\\})? (\\d+)$`, 'gm'))].reduce(
        (sum, [, value]) => sum + Number(value),
        0,
      );
    return { vectors: sumOf('fihrist_index_vectors'), passages: sumOf('fihrist_passages') };
  }

  async send<Body>(
    method: string,
    target: string,
    body?: string,
    mediaType = 'application/json',
  ): Promise<Reply<Body>> {
    const response = await fetch(`${this.url}${target}`, {
      method,
      ...(body === undefined ? {} : { headers: { 'content-type': mediaType }, body }),
    });
    const text = await response.text();
    return { status: response.status, body: (text === '' ? null : JSON.parse(text)) as Body };
  }
}

/** Whether a request failed because its connection did. */
export function isGone(error: unknown): boolean {
  if (error instanceof SyntaxError) return true; // a reply that was cut off
  return error instanceof TypeError && /fetch failed|terminated/.test(error.message);
}
