import { pino } from 'pino';
import { NO_CENTRING } from '../../../src/embedding/centring.js';
import type { Embedder } from '../../../src/embedding/embedder.js';
import { FakeEmbedder } from '../../../src/embedding/fake-embedder.js';
import type { ReadAccess } from '../../../src/http/access.js';
import { INTERFACE_NAMES } from '../../../src/http/compat/interface-names.js';
import type { InterfacesOptions } from '../../../src/http/compat/interfaces-options.js';
import type { HttpServerOptions } from '../../../src/http/http-server-options.js';
import { createInterfaces } from '../../../src/interfaces.js';
import { VisibleArchive } from '../../../src/search/visible-archive.js';
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

/** The contracts, as the program speaks them, with a model that is called `fake`. */
export function interfacesOver(embedder: Embedder, logger = pino({ level: 'silent' })): InterfacesOptions {
  return createInterfaces({
    config: {
      interfaces: INTERFACE_NAMES,
      modelAliases: ['fihrist'],
      maxBodyBytes: TEST_MAX_BODY_BYTES,
    },
    logger,
    version: '1.2.3',
    archive: () => ({ embedder, centring: NO_CENTRING, model: { name: 'fake' } }),
    serviceUrl: () => PUBLIC_URL,
  });
}

/** A server that speaks every contract, over an archive in memory that is searched as the program searches. */
export async function startInterfacesServer(
  interfaces: Partial<InterfacesOptions> = {},
  overrides: Partial<HttpServerOptions> = {},
): Promise<TestServer> {
  const archive = await openSearchArchive(ARTICLES);
  const seen = ({ filter }: Pick<ReadAccess, 'filter'>) => new VisibleArchive(archive, filter);
  return startTestServer({
    serviceUrl: () => PUBLIC_URL,
    search: (request, { filter, ...run }) => seen({ filter, ...run }).search(request, run),
    article: (id, access) => seen(access).article(id),
    articles: (list, access) => seen(access).articles(list),
    interfaces: {
      ...interfacesOver(archive.embedder),
      ...interfaces,
    },
    ...overrides,
  });
}

/** The embedder that the archive of the test server has, for what to expect. */
export function sameEmbedder(): FakeEmbedder {
  return new FakeEmbedder();
}
