import type { CallToolResult } from '@modelcontextprotocol/server';
import type { Logger } from 'pino';
import { FihristError } from '../domain/errors.js';

interface ToolCall {
  /** Fires when the caller has gone: then nobody reads the result. */
  readonly signal: AbortSignal;
  readonly logger: Logger;
}

/**
 * The result of a tool: the same JSON as structure and as text, for clients that know only one of them. What goes wrong
 * is told in words, since the model that asked may well ask better the next time; a bug goes to the log with its stack.
 */
export async function answerTool(
  work: () => Promise<Readonly<Record<string, unknown>>>,
  { signal, logger }: ToolCall,
): Promise<CallToolResult> {
  try {
    const result = await work();
    return { structuredContent: { ...result }, content: [{ type: 'text', text: JSON.stringify(result) }] };
  } catch (error) {
    if (error instanceof FihristError && error.fault !== 'bug') {
      return failure(`${error.code}: ${error.message}`);
    }
    if (!signal.aborted) logger.error({ err: error }, 'mcp tool failed');
    return failure(
      'INTERNAL: Something went wrong that should not have; the log of the service has the details.',
    );
  }
}

function failure(text: string): CallToolResult {
  return { isError: true, content: [{ type: 'text', text }] };
}
