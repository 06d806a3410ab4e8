import { z } from 'zod';
import type { HttpServerOptions } from '../http-server-options.js';
import { defineRoute, type Route } from '../route.js';
import { jsonReply } from '../route-reply.js';
import { searchForCaller } from '../search-for-caller.js';
import type { InterfacesOptions } from './interfaces-options.js';

const message = z
  .looseObject({ jsonrpc: z.literal('2.0').describe('Always "2.0".') })
  .meta({ id: 'McpMessage', description: 'A message of the Model Context Protocol (JSON-RPC 2.0).' });

/** The revision of 2025-03-26 lets several be sent together. */
const messages = z.union([message, z.array(message)]);

const refusal = z
  .looseObject({
    jsonrpc: z.literal('2.0').describe('Always "2.0".'),
    id: z
      .union([z.string(), z.number(), z.null()])
      .describe('Id of the message; null when it has none that could be read.'),
    error: z
      .looseObject({
        code: z.int().describe('Of JSON-RPC or MCP.'),
        message: z.string().describe('What went wrong, for people.'),
      })
      .describe('What went wrong.'),
  })
  .meta({ id: 'McpError', description: 'A message that was refused, as JSON-RPC says it.' });

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
    body: { kind: 'stream', content: { 'application/json': messages } },
    replies: {
      200: {
        description: 'The answer, as one message or as a stream of them.',
        content: { 'application/json': messages, 'text/event-stream': z.string() },
      },
      202: { description: 'A notification was taken.', content: {} },
      400: jsonReply('The message is not one of the protocol, or its headers say something else.', refusal),
      404: jsonReply('The protocol has no such method.', refusal),
      406: jsonReply('The caller does not accept both of the media types of an answer.', refusal),
      413: jsonReply('The message is over the limit for bodies.', refusal),
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
