import { fetchOnce } from './fetch-once.js';
/** Deletes what was written over HTTP, so that the archive is as large at the end as at the beginning. */
export async function clearWritten(url: string): Promise<void> {
  for (;;) {
    const response = await fetchOnce(`${url}/v1/articles?source=api&limit=100`);
    const { articles } = (await response.json()) as { articles: ReadonlyArray<{ id: string }> };
    if (articles.length === 0) return;
    for (const { id } of articles) {
      const deleted = await fetchOnce(`${url}/v1/articles/${encodeURIComponent(id)}`, { method: 'DELETE' });
      if (!deleted.ok) throw new Error(`${JSON.stringify(id)} cannot be deleted: ${await deleted.text()}`);
    }
  }
}
