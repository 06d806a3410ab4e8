/** Of the protocol that is spoken at `/mcp`, the document says no more than that there is one. */
const call = (name: string, args: object) => ({
  jsonrpc: '2.0',
  id: 1,
  method: 'tools/call',
  params: { name, arguments: args },
});

const MCP_MESSAGES: readonly unknown[] = [
  call('search', { query: 'Who built the elephant clock?' }),
  call('search', { query: 'لماذا ننام؟' }),
  call('fetch', { id: 'en/al-jazari-en' }),
  call('no_such_tool', {}),
  { jsonrpc: '2.0', id: 'list', method: 'tools/list', params: {} },
  { jsonrpc: '2.0', id: 2, method: 'ping' },
  { jsonrpc: '2.0', method: 'notifications/initialized' },
  {
    jsonrpc: '2.0',
    id: 0,
    method: 'initialize',
    params: {
      protocolVersion: '2025-06-18',
      capabilities: {},
      clientInfo: { name: 'fuzz', version: '1' },
    },
  },
];

/** Bodies that are known to mean something, by operation: what schemas and examples of the document do not tell. */
export const KNOWN_BODIES: Readonly<Record<string, readonly unknown[]>> = { mcp: MCP_MESSAGES };

/** Headers without which an operation answers nothing. */
export const KNOWN_HEADERS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  mcp: { accept: 'application/json, text/event-stream' },
};
