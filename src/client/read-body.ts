import type { Connection, OngoingCall } from './connection.js';
import { FihristError } from './fihrist-error.js';

/**
 * The lines of a body as they come, without what ends them; a last one that nothing ends is one, too. Each piece that
 * comes gives the call its whole time again; while the caller is busy with a line the clock stands.
 *
 * @throws the reason of the limit; CONNECTION_FAILED
 */
export async function* readLines(
  response: Response,
  call: OngoingCall,
  connection: Connection,
): AsyncGenerator<string> {
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  for (let isOver = reader === undefined; !isOver; ) {
    call.limit.restart();
    const read = reader?.read() ?? Promise.resolve({ done: true, value: undefined });
    const { done, value } = await connection.whileConnected(read, call);
    call.limit.pause();
    isOver = done === true;
    rest += decoder.decode(value, { stream: !isOver });
    // A CR at the end may be half of a CRLF.
    const end = isOver || !rest.endsWith('\r') ? rest.length : rest.length - 1;
    const lines = rest.slice(0, end).split(/\r\n|\n|\r/);
    rest = (lines.pop() ?? '') + rest.slice(end);
    for (const line of lines) {
      call.limit.signal.throwIfAborted();
      yield line;
    }
  }
  if (rest !== '') yield rest;
}

/** JSON, a value a line; blank lines are passed over. @throws as readLines; REPLY_INVALID */
export async function* readJsonLines(
  response: Response,
  call: OngoingCall,
  connection: Connection,
): AsyncGenerator<unknown> {
  for await (const line of readLines(response, call, connection)) {
    if (line.trim() !== '') yield parse(line, call);
  }
}

/** One server-sent event. */
export interface ServerEvent {
  readonly name: string;
  readonly data: unknown;
}

/**
 * Server-sent events whose data is JSON, as the HTML standard reads them: comments, such as the heartbeats of the
 * service, and events without data are passed over, and so is an event that was cut off.
 *
 * @throws as readLines; REPLY_INVALID
 */
export async function* readEvents(
  response: Response,
  call: OngoingCall,
  connection: Connection,
): AsyncGenerator<ServerEvent> {
  let name = 'message';
  let data: string[] = [];
  for await (const line of readLines(response, call, connection)) {
    if (line === '') {
      if (data.length > 0) yield { name, data: parse(data.join('\n'), call) };
      name = 'message';
      data = [];
      continue;
    }
    const [, field, value = ''] = /^([^:]*)(?:: ?(.*))?$/.exec(line) ?? [];
    if (field === 'event') name = value;
    else if (field === 'data') data.push(value);
  }
}

function parse(text: string, { requestId }: OngoingCall): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new FihristError('REPLY_INVALID', 'A part of the reply is not JSON.', { requestId, cause });
  }
}

/** What a reply is that ended without saying that it is whole. */
export function cutOff(what: string, { requestId }: OngoingCall): FihristError {
  return new FihristError('CONNECTION_FAILED', `The reply was cut off before ${what}.`, { requestId });
}
