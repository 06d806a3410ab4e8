import { z } from 'zod';
import type { HttpServerOptions } from '../http-server-options.js';
import { defineRoute, type Route } from '../route.js';
import { searchForCaller } from '../search-for-caller.js';
import type { InterfacesOptions } from './interfaces-options.js';

const message = z
  .looseObject({ jsonrpc: z.literal('2.0').describe('Always "2.0".') })
  .meta({ id: 'McpMessage', description: 'A message of the Model Context Protocol (JSON-RPC 2.0).' });

/** Where MCP is spoken. What is said there is between the client and the handler. */
export function mcpRoute({
  mcp,
  search,
  article,
}: Pick<InterfacesOptions, 'mcp'> & Pick<HttpServerOptions, 'search' | 'article'>): Route {
  return defineRoute({
    method: 'post',
    path: '/mcp',
    operationId: 'mcp',
    tag: 'interfaces',
    summary: 'Speak the Model Context Protocol',
    description:
      'The tools `search` and `fetch` over Streamable HTTP, without sessions, for the revisions of 2025 and ' +
      '2026-07-28. Tools tell what went wrong in their results.',
    scope: 'search',
    lane: 'search',
    body: { kind: 'stream', content: { 'application/json': message } },
    replies: {
      200: {
        description: 'The answer, as one message or as a stream of them.',
        content: { 'application/json': message, 'text/event-stream': z.string() },
      },
      202: { description: 'A notification was taken.', content: {} },
    },
    errors: [],
    examples: {
      search: {
        summary: 'A search, by the revision of 2026-07-28',
        headers: { 'mcp-protocol-version': '2026-07-28', 'mcp-method': 'tools/call', 'mcp-name': 'search' },
        body: {
          jsonrpc: '2.0',
          id: 1,
          method: 'tools/call',
          params: {
            name: 'search',
            arguments: { query: 'Who built the elephant clock?' },
            _meta: {
              'io.modelcontextprotocol/protocolVersion': '2026-07-28',
              'io.modelcontextprotocol/clientInfo': { name: 'example', version: '1' },
              'io.modelcontextprotocol/clientCapabilities': {},
            },
          },
        },
      },
    },
    handle: async ({ req, res, access }) => {
      res.setHeader('cache-control', 'no-store');
      await mcp(req, res, {
        search: (request, stopped) => {
          const signal = AbortSignal.any([access.signal, stopped]);
          return searchForCaller(search, request, { ...access, signal });
        },
        article: (id) => article(id, access),
      });
    },
  });
}
