import type { Logger } from 'pino';
import type { Config } from './config.js';
import type { EmbeddingModel, InterfacesOptions } from './http/compat/interfaces-options.js';
import type { McpHandler } from './mcp/create-mcp-handler.js';

export interface InterfacesParts {
  readonly config: Pick<Config, 'interfaces' | 'modelAliases' | 'maxBodyBytes'>;
  readonly logger: Logger;
  readonly version: string;
  /** @throws NOT_READY (operator) */
  readonly archive: () => Omit<EmbeddingModel, 'name'> & { readonly model: { readonly name: string } };
  readonly serviceUrl: () => string;
}

/** The contracts of other software on this program's parts. */
export function createInterfaces({
  config,
  logger,
  version,
  archive,
  serviceUrl,
}: InterfacesParts): InterfacesOptions {
  let handler: Promise<McpHandler> | null = null;
  // Read when the first client comes: most services have none, and it takes ten megabytes.
  const readHandler = async () => {
    const { createMcpHandler } = await import('./mcp/create-mcp-handler.js');
    return createMcpHandler({ version, logger, maxBodyBytes: config.maxBodyBytes });
  };
  return {
    enabled: new Set(config.interfaces),
    embeddingModel: () => {
      const { embedder, centring, model } = archive();
      return { embedder, centring, name: model.name };
    },
    modelAliases: config.modelAliases,
    mcp: async (req, res, seen) => {
      handler ??= readHandler();
      await (await handler)(req, res, { ...seen, serviceUrl });
    },
  };
}
