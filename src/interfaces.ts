import type { Logger } from 'pino';
import type { ArchiveReader } from './compose.js';
import type { Config } from './config.js';
import type { Access } from './http/access.js';
import type { InterfacesOptions } from './http/compat/interfaces-options.js';
import { createMcpHandler } from './mcp/create-mcp-handler.js';
import type { McpArchive } from './mcp/mcp-archive.js';
import { narrowArticle } from './search/narrow-article.js';
import { narrowRequest } from './search/narrow-request.js';

/** What the contracts ask of an archive. */
export interface SearchableArchive extends Pick<ArchiveReader, 'search'> {
  readonly store: Pick<ArchiveReader['store'], 'article' | 'labels'>;
}

export interface InterfacesParts {
  readonly config: Pick<Config, 'interfaces' | 'publicUrl' | 'modelAliases' | 'maxBodyBytes'>;
  readonly logger: Logger;
  readonly version: string;
  /** @throws NOT_READY (operator) */
  readonly archive: () => SearchableArchive &
    Pick<ArchiveReader, 'embedder' | 'centring'> & { readonly model: { readonly name: string } };
  /** Where the service listens. */
  readonly address: () => string;
}

/** The contracts of other software on this program's parts. */
export function createInterfaces(parts: InterfacesParts): InterfacesOptions {
  const { config, logger, version, archive } = parts;
  const serviceUrl = () => config.publicUrl ?? parts.address();
  const handleMcp = createMcpHandler({ version, logger, maxBodyBytes: config.maxBodyBytes });
  return {
    enabled: new Set(config.interfaces),
    embeddingModel: () => {
      const { embedder, centring, model } = archive();
      return { embedder, centring, name: model.name };
    },
    modelAliases: config.modelAliases,
    hasCollection: async (name, { filter: allowed }) => {
      const { store, embedder } = archive();
      const ofCollection = { filters: { type: 'in', key: 'source', values: [name] } } as const;
      const { filters: filter } = narrowRequest(ofCollection, allowed);
      return (await store.labels({ fingerprint: embedder.fingerprint, filter })).length > 0;
    },
    serviceUrl,
    mcp: (req, res, access) => handleMcp(req, res, mcpArchive(archive, { serviceUrl, access })),
  };
}

export interface McpArchiveOptions {
  readonly serviceUrl: () => string;
  /** Unset: everything may be seen, for as long as it takes. */
  readonly access?: Access;
}

/** What the tools of MCP work on. @param archive  Asked with every call; may throw NOT_READY. */
export function mcpArchive(
  archive: () => SearchableArchive | Promise<SearchableArchive>,
  { serviceUrl, access }: McpArchiveOptions,
): McpArchive {
  const allowed = access?.filter ?? null;
  return {
    search: async (request, signal) => {
      const signals = access === undefined ? [signal] : [signal, access.signal];
      return (await archive()).search(narrowRequest(request, allowed), AbortSignal.any(signals));
    },
    article: async (id) => {
      const article = await (await archive()).store.article(id);
      return article === null ? null : narrowArticle(article, allowed);
    },
    serviceUrl,
  };
}
