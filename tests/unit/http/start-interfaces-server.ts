import { pino } from 'pino';
import { NO_CENTRING } from '../../../src/embedding/centring.js';
import { FakeEmbedder } from '../../../src/embedding/fake-embedder.js';
import { INTERFACE_NAMES } from '../../../src/http/compat/interface-names.js';
import type { InterfacesOptions } from '../../../src/http/compat/interfaces-options.js';
import type { HttpServerOptions } from '../../../src/http/http-server-options.js';
import { createMcpHandler } from '../../../src/mcp/create-mcp-handler.js';
import { type ArchivedArticle, openSearchArchive } from '../search/search-archive.js';
import { startTestServer, TEST_MAX_BODY_BYTES, type TestServer } from './start-test-server.js';

/** What people who are not on this machine would call the test server. */
export const PUBLIC_URL = 'https://search.example';

/** One Arabic and two English articles, one of them without a title or an address. */
export const ARTICLES: readonly ArchivedArticle[] = [
  {
    id: 'ar/clock',
    title: 'ساعة الفيل',
    url: 'https://archive.example/ar/clock',
    language: 'ar',
    publishedAt: '2021-11-08',
    tags: ['history', 'تقنية'],
    source: 'magazine',
    texts: ['بنى الجزري ساعة الفيل.', 'كان الجزري مهندسًا.'],
  },
  {
    id: 'en/clock',
    title: 'The elephant clock',
    url: 'https://archive.example/en/clock',
    publishedAt: '2019-02-01',
    tags: ['history'],
    source: 'magazine',
    texts: ['Jazari built the elephant clock.', 'Water drives the clock. An elephant carries it.'],
  },
  { id: 'notes/sleep 1', title: '', tags: [], source: 'notes', texts: ['Sleep fixes memories.'] },
];

/** A server that speaks every contract, over an archive in memory that is searched as the program searches. */
export async function startInterfacesServer(
  interfaces: Partial<InterfacesOptions> = {},
  overrides: Partial<HttpServerOptions> = {},
): Promise<TestServer> {
  const archive = await openSearchArchive(ARTICLES);
  const { embedder, store } = archive;
  const search: HttpServerOptions['search'] = (request, signal) => archive.search(request, signal);
  const article: HttpServerOptions['article'] = (id) => store.article(id);
  const serviceUrl = () => PUBLIC_URL;
  return startTestServer({
    search,
    article,
    interfaces: {
      enabled: new Set(INTERFACE_NAMES),
      embeddingModel: () => ({ embedder, centring: NO_CENTRING, name: 'fake' }),
      modelAliases: ['fihrist'],
      hasCollection: async (name) => {
        const filter = { type: 'in', key: 'source', values: [name] } as const;
        return (await store.labels({ fingerprint: embedder.fingerprint, filter })).length > 0;
      },
      serviceUrl,
      mcp: createMcpHandler({
        archive: { search, article, serviceUrl },
        version: '1.2.3',
        maxBodyBytes: TEST_MAX_BODY_BYTES,
        allowedHosts: ['search.example'],
        logger: pino({ level: 'silent' }),
      }),
      ...interfaces,
    },
    ...overrides,
  });
}

/** The embedder that the archive of the test server has, for what to expect. */
export function sameEmbedder(): FakeEmbedder {
  return new FakeEmbedder();
}
