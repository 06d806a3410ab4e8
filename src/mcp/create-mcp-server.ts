import { McpServer } from '@modelcontextprotocol/server';
import type { Logger } from 'pino';
import { answerTool } from './answer-tool.js';
import { fetchForTool, fetchInput, fetchOutput } from './fetch-tool.js';
import type { McpArchive } from './mcp-archive.js';
import { searchForTool, searchInput, searchOutput } from './search-tool.js';

/** Nothing is changed, nothing outside of the archive is asked, and the same call gives the same again. */
const READ_ONLY = { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false };

export interface McpServerOptions {
  readonly archive: McpArchive;
  readonly version: string;
  readonly logger: Logger;
}

/**
 * The archive as a Model Context Protocol server: the tools `search` and `fetch`, in the form that assistants which
 * do research and show their sources expect them.
 */
export function createMcpServer({ archive, version, logger }: McpServerOptions): McpServer {
  const server = new McpServer(
    { name: 'fihrist', title: 'Fihrist', version },
    {
      // The tools are always the same: nobody need listen for changes.
      capabilities: { tools: { listChanged: false } },
      instructions:
        'An archive of Arabic and English articles. Ask in either language: articles are found in both. ' +
        'Search first, then fetch what looks right, and cite it by its url.',
    },
  );
  server.registerTool(
    'search',
    {
      title: 'Search the archive',
      description: 'Finds the articles, Arabic and English, that answer a question, best first.',
      inputSchema: searchInput,
      outputSchema: searchOutput,
      annotations: READ_ONLY,
    },
    (input, { mcpReq }) =>
      answerTool(() => searchForTool(archive, input, mcpReq.signal), { signal: mcpReq.signal, logger }),
  );
  server.registerTool(
    'fetch',
    {
      title: 'Read an article',
      description: 'Gives the whole text of an article that was found, with where people read it.',
      inputSchema: fetchInput,
      outputSchema: fetchOutput,
      annotations: READ_ONLY,
    },
    (input, { mcpReq }) => answerTool(() => fetchForTool(archive, input), { signal: mcpReq.signal, logger }),
  );
  return server;
}
