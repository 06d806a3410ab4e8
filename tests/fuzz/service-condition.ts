import { fetchOnce } from './fetch-once.js';
/** How a service is, when nothing is asked of it but this. */
export interface ServiceCondition {
  /** Requests sent before. */
  readonly afterRequests: number;
  readonly residentBytes: number;
  readonly heapUsedBytes: number;
  readonly openFiles: number;
  readonly openConnections: number;
  readonly articles: number;
}

const FIGURES = {
  residentBytes: 'process_resident_memory_bytes',
  heapUsedBytes: 'nodejs_heap_size_used_bytes',
  openFiles: 'process_open_fds',
  openConnections: 'nodejs_active_handles{type="Socket"}',
  articles: 'fihrist_articles',
} as const;

/** Reads `GET /metrics`. @throws Error when it does not answer */
export async function readCondition(url: string, afterRequests: number): Promise<ServiceCondition> {
  const response = await fetchOnce(`${url}/metrics`);
  if (!response.ok) throw new Error(`/metrics answers ${response.status}`);
  const lines = (await response.text()).split('\n');
  const figure = (name: string) => {
    const line = lines.find((one) => one.startsWith(`${name} `));
    return Number(line?.slice(name.length + 1) ?? Number.NaN);
  };
  return {
    afterRequests,
    residentBytes: figure(FIGURES.residentBytes),
    heapUsedBytes: figure(FIGURES.heapUsedBytes),
    openFiles: figure(FIGURES.openFiles),
    openConnections: figure(FIGURES.openConnections),
    articles: figure(FIGURES.articles),
  };
}
