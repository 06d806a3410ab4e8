import type { IncomingMessage, ServerResponse } from 'node:http';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler as createSdkHandler } from '@modelcontextprotocol/server';
import { checkCallerAddress } from './check-caller-address.js';
import { createMcpServer, type McpServerOptions } from './create-mcp-server.js';

export interface McpHandlerOptions extends McpServerOptions {
  readonly maxBodyBytes: number;
  /** Host names that the service is known by, besides those of this machine. */
  readonly allowedHosts: readonly string[];
}

/** Answers one POST of Streamable HTTP. Rejects before it has answered, or not at all. */
export type McpHandler = (req: IncomingMessage, res: ServerResponse) => Promise<void>;

/**
 * The tools over Streamable HTTP, for clients of the revisions of 2025 and of 2026-07-28. Without sessions: each
 * request is answered by itself, so that any number of processes can share the work.
 * @throws HOST_NOT_ALLOWED (caller), from the handler
 */
export function createMcpHandler(options: McpHandlerOptions): McpHandler {
  const { maxBodyBytes, allowedHosts } = options;
  const onerror = (error: Error) => options.logger.warn({ err: error }, 'mcp request failed');
  const handler = createSdkHandler(() => createMcpServer(options), {
    // Nothing that could be listened for ever changes; a stream that never ends would be all that came of it.
    maxSubscriptions: 0,
    maxRequestBodySize: maxBodyBytes,
    onerror,
  });
  const handle = toNodeHandler(handler, { maxRequestBodySize: maxBodyBytes, onerror });
  return async (req, res) => {
    checkCallerAddress(req.headers, allowedHosts);
    // Node sets both for every request that a server gets.
    await handle(req as IncomingMessage & { method: string; url: string }, res);
  };
}
