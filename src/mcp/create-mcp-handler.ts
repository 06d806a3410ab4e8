import type { IncomingMessage, ServerResponse } from 'node:http';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler as createSdkHandler } from '@modelcontextprotocol/server';
import { createMcpServer, type McpServerOptions } from './create-mcp-server.js';
import type { McpArchive } from './mcp-archive.js';

export interface McpHandlerOptions extends Omit<McpServerOptions, 'archive'> {
  readonly maxBodyBytes: number;
}

/** Answers one POST of Streamable HTTP from an archive as its caller may see it. */
export type McpHandler = (req: IncomingMessage, res: ServerResponse, archive: McpArchive) => Promise<void>;

/**
 * The tools over Streamable HTTP, for clients of the revisions of 2025 and of 2026-07-28. Without sessions: each
 * request is answered by itself, so that any number of processes can share the work. Who may call, and from where, is
 * the business of whoever calls this.
 */
export function createMcpHandler({ maxBodyBytes, ...options }: McpHandlerOptions): McpHandler {
  // What the SDK does not answer with a result: nearly always a client that speaks it wrongly.
  const onerror = (error: Error) => options.logger.info({ reason: error.message }, 'mcp request refused');
  return async (req, res, archive) => {
    const handler = createSdkHandler(() => createMcpServer({ ...options, archive }), {
      // Nothing that could be listened for ever changes; a stream that never ends would be all that came of it.
      maxSubscriptions: 0,
      maxRequestBodySize: maxBodyBytes,
      onerror,
    });
    const handle = toNodeHandler(handler, { maxRequestBodySize: maxBodyBytes, onerror });
    // Node sets both for every request that a server gets.
    await handle(req as IncomingMessage & { method: string; url: string }, res);
  };
}
