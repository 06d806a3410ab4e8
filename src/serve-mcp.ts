import type { Logger } from 'pino';
import { openArchiveReader } from './compose.js';
import type { Config } from './config.js';
import { serverUrl } from './http/server-url.js';
import { mcpArchive } from './interfaces.js';
import { serveMcpStdio } from './mcp/serve-mcp-stdio.js';

/**
 * Speaks MCP over the standard input and output of this process, on the archive as it is found; a service may run
 * beside.
 * @throws MODEL_*, STORE_UNUSABLE (operator)
 */
export async function serveMcp(
  options: { readonly config: Config; readonly logger: Logger; readonly version: string },
  signal: AbortSignal,
): Promise<void> {
  const { publicUrl, host, port } = options.config;
  const archive = await openArchiveReader(options);
  try {
    await serveMcpStdio({
      archive: mcpArchive(
        () => archive,
        // Where the service beside would be found.
        () => publicUrl ?? serverUrl(host, port),
      ),
      version: options.version,
      logger: options.logger,
      stdin: process.stdin,
      stdout: process.stdout,
      signal,
    });
  } finally {
    await archive.close();
  }
}
