import type { Logger } from 'pino';
import type { Archive, ArchiveReader } from './compose.js';
import type { Config } from './config.js';
import type { InterfacesOptions } from './http/compat/interfaces-options.js';
import { createMcpHandler } from './mcp/create-mcp-handler.js';
import type { McpArchive } from './mcp/mcp-archive.js';

export interface InterfacesParts {
  readonly config: Config;
  readonly logger: Logger;
  readonly version: string;
  /** @throws NOT_READY (operator) */
  readonly archive: () => Archive;
  /** Where the service listens. */
  readonly address: () => string;
}

type SearchableArchive = Pick<ArchiveReader, 'search' | 'store'>;

/** The contracts of other software on this program's parts. */
export function createInterfaces(parts: InterfacesParts): InterfacesOptions {
  const { config, logger, version, archive } = parts;
  const serviceUrl = () => config.publicUrl ?? parts.address();
  const publicHosts = config.publicUrl === undefined ? [] : [new URL(config.publicUrl).hostname];
  return {
    enabled: new Set(config.interfaces),
    embeddingModel: () => {
      const { embedder, centring, model } = archive();
      return { embedder, centring, name: model.name };
    },
    modelAliases: config.modelAliases,
    hasCollection: async (name) => {
      const { store, embedder } = archive();
      const filter = { type: 'in', key: 'source', values: [name] } as const;
      return (await store.labels({ fingerprint: embedder.fingerprint, filter })).length > 0;
    },
    serviceUrl,
    mcp: createMcpHandler({
      archive: mcpArchive(archive, serviceUrl),
      version,
      maxBodyBytes: config.maxBodyBytes,
      allowedHosts: [...config.allowedHosts, ...publicHosts],
      logger,
    }),
  };
}

/** What the tools of MCP work on. @param archive  Asked with every call; may throw NOT_READY. */
export function mcpArchive(
  archive: () => SearchableArchive | Promise<SearchableArchive>,
  serviceUrl: () => string,
): McpArchive {
  return {
    search: async (request, signal) => (await archive()).search(request, signal),
    article: async (id) => (await archive()).store.article(id),
    serviceUrl,
  };
}
