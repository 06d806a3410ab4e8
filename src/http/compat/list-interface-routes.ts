import type { HttpServerOptions } from '../http-server-options.js';
import type { Route } from '../route.js';
import { difyRetrievalRoute } from './dify/dify-retrieval-route.js';
import type { InterfaceName } from './interface-names.js';
import { mcpRoute } from './mcp-route.js';
import { openWebuiSearchRoute } from './open-webui/open-webui-search-route.js';
import { embeddingsRoute } from './openai/embeddings-route.js';
import { modelsRoute } from './openai/models-route.js';
import { vectorSearchRoute } from './openai/vector-search-route.js';
import { searxngRoute } from './searxng/searxng-route.js';

/** The routes of the contracts that are on. */
export function listInterfaceRoutes({ interfaces, ...options }: HttpServerOptions): readonly Route[] {
  if (interfaces === undefined) return [];
  const parts = { ...options, ...interfaces };
  const routes: Readonly<Record<InterfaceName, readonly Route[]>> = {
    openai: [embeddingsRoute(parts), modelsRoute(parts), vectorSearchRoute(parts)],
    mcp: [mcpRoute(parts)],
    'open-webui': [openWebuiSearchRoute(parts)],
    searxng: [searxngRoute(parts)],
    dify: [difyRetrievalRoute(parts)],
  };
  return [...interfaces.enabled].flatMap((name) => routes[name]);
}
