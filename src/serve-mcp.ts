import type { Logger } from 'pino';
import { openArchiveReader } from './compose.js';
import type { Config } from './config.js';
import { serverUrl } from './http/server-url.js';
import { serveMcpStdio } from './mcp/serve-mcp-stdio.js';
import { wholeArticle } from './storage/damaged-article.js';

/**
 * Speaks MCP over the standard input and output of this process, on the archive as it is found; a service may run
 * beside. Speaks at once: assistants wait a few seconds for a first word, and the model takes as long to open.
 * @throws MODEL_*, STORE_UNUSABLE (operator) as soon as the archive turns out not to open
 */
export async function serveMcp(
  options: { readonly config: Config; readonly logger: Logger; readonly version: string },
  signal: AbortSignal,
): Promise<void> {
  const { publicUrl, host, port } = options.config;
  const opening = openArchiveReader(options);
  const failure = new AbortController();
  const failed = opening.then(
    () => new Promise<never>(() => {}),
    (error: unknown) => {
      failure.abort();
      throw error;
    },
  );
  const speaking = serveMcpStdio({
    archive: {
      search: async (request, stopped) => (await opening).search(request, { signal: stopped }),
      article: async (id) => wholeArticle((await opening).store, id),
      // Where the service beside would be found.
      serviceUrl: () => publicUrl ?? serverUrl(host, port),
    },
    version: options.version,
    logger: options.logger,
    stdin: process.stdin,
    stdout: process.stdout,
    signal: AbortSignal.any([signal, failure.signal]),
  });
  await Promise.race([speaking, failed]);
  await (await opening).close();
}
