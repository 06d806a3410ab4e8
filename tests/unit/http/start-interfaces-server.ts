import { pino } from 'pino';
import { NO_CENTRING } from '../../../src/embedding/centring.js';
import { FakeEmbedder } from '../../../src/embedding/fake-embedder.js';
import { INTERFACE_NAMES } from '../../../src/http/compat/interface-names.js';
import type { InterfacesOptions } from '../../../src/http/compat/interfaces-options.js';
import type { HttpServerOptions } from '../../../src/http/http-server-options.js';
import { createInterfaces, type InterfacesParts } from '../../../src/interfaces.js';
import { narrowArticle } from '../../../src/search/narrow-article.js';
import { narrowRequest } from '../../../src/search/narrow-request.js';
import { type ArchivedArticle, openSearchArchive } from '../search/search-archive.js';
import { startTestServer, TEST_MAX_BODY_BYTES, type TestServer } from './start-test-server.js';

/** Where people who are not on this machine would find the test server. */
const PUBLIC_URL = 'https://search.example';

/** One Arabic and two English articles, one of them without a title or an address. */
const ARTICLES: readonly ArchivedArticle[] = [
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

/** The contracts, as the program speaks them, on an archive of a test. */
export function interfacesOver(
  archive: ReturnType<InterfacesParts['archive']>,
  logger = pino({ level: 'silent' }),
): InterfacesOptions {
  return createInterfaces({
    config: {
      interfaces: INTERFACE_NAMES,
      publicUrl: PUBLIC_URL,
      modelAliases: ['fihrist'],
      maxBodyBytes: TEST_MAX_BODY_BYTES,
    },
    logger,
    version: '1.2.3',
    archive: () => archive,
    address: () => 'http://127.0.0.1:3000',
  });
}

/** A server that speaks every contract, over an archive in memory that is searched as the program searches. */
export async function startInterfacesServer(
  interfaces: Partial<InterfacesOptions> = {},
  overrides: Partial<HttpServerOptions> = {},
): Promise<TestServer> {
  const archive = await openSearchArchive(ARTICLES);
  return startTestServer({
    search: (request, { filter, signal }) => archive.search(narrowRequest(request, filter), signal),
    article: async (id, { filter }) => {
      const article = await archive.store.article(id);
      return article === null ? null : narrowArticle(article, filter);
    },
    interfaces: {
      ...interfacesOver({ ...archive, centring: NO_CENTRING, model: { name: 'fake' } }),
      ...interfaces,
    },
    ...overrides,
  });
}

/** The embedder that the archive of the test server has, for what to expect. */
export function sameEmbedder(): FakeEmbedder {
  return new FakeEmbedder();
}
