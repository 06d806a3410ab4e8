import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Centring } from '../../embedding/centring.js';
import type { Embedder } from '../../embedding/embedder.js';
import type { Access } from '../access.js';
import type { InterfaceName } from './interface-names.js';

/** The model that embeds, and what callers may call it. */
export interface EmbeddingModel {
  readonly embedder: Embedder;
  readonly centring: Centring;
  /** As its card calls it. */
  readonly name: string;
}

/** What the contracts of other software need of the rest, besides what the HTTP front door needs anyway. */
export interface InterfacesOptions {
  readonly enabled: ReadonlySet<InterfaceName>;
  /** @throws NOT_READY (operator) */
  readonly embeddingModel: () => EmbeddingModel;
  /** What the model may be called, too. */
  readonly modelAliases: readonly string[];
  /** Whether the caller may see a passage of this collection. May throw NOT_READY. */
  readonly hasCollection: (name: string, access: Access) => Promise<boolean>;
  /** Address of this service, without a slash at the end. */
  readonly serviceUrl: () => string;
  /** Answers one POST of MCP's Streamable HTTP, body and all. Rejects before it has answered, or not at all. */
  readonly mcp: (req: IncomingMessage, res: ServerResponse, access: Access) => Promise<void>;
}
