import type { Logger } from 'pino';
import type { Config } from './config.js';
import type { EmbeddingModel, InterfacesOptions } from './http/compat/interfaces-options.js';
import { createMcpHandler } from './mcp/create-mcp-handler.js';

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
  const handleMcp = createMcpHandler({ version, logger, maxBodyBytes: config.maxBodyBytes });
  return {
    enabled: new Set(config.interfaces),
    embeddingModel: () => {
      const { embedder, centring, model } = archive();
      return { embedder, centring, name: model.name };
    },
    modelAliases: config.modelAliases,
    mcp: (req, res, seen) => handleMcp(req, res, { ...seen, serviceUrl }),
  };
}
