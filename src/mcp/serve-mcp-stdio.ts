import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { StdioServerTransport, serveStdio } from '@modelcontextprotocol/server/stdio';
import { createMcpServer, type McpServerOptions } from './create-mcp-server.js';

export interface McpStdioOptions extends McpServerOptions {
  readonly stdin: Readable;
  /** Messages of the protocol, and nothing else. */
  readonly stdout: Writable;
  /** Ends the conversation. */
  readonly signal: AbortSignal;
}

/** The tools over standard input and output, until the client closes the input or `signal` fires. */
export async function serveMcpStdio(options: McpStdioOptions): Promise<void> {
  const { logger, stdin, stdout, signal } = options;
  const ended = Promise.race([once(stdin, 'close'), once(stdin, 'end'), aborted(signal)]);
  const handle = serveStdio(() => createMcpServer(options), {
    transport: new StdioServerTransport(stdin, stdout),
    maxSubscriptions: 0,
    onerror: (error) => logger.info({ reason: error.message }, 'mcp message refused'),
  });
  try {
    await ended;
  } finally {
    await handle.close();
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
