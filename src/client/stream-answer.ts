import { type CallOptions, DEFAULT_TIMEOUTS_MS } from './client-options.js';
import type { Connection } from './connection.js';
import { FihristError } from './fihrist-error.js';
import { cutOff, readEvents } from './read-body.js';
import { errorFieldsOf, toFihristError } from './read-error.js';
import type { AnswerReply, AnswerRequest, AnswerSource, Citation } from './wire-types.js';

/** A part of an answer that comes bit by bit. */
export type AnswerEvent =
  /** The passages that were found, and what was searched for. Comes first. */
  | { readonly type: 'sources'; readonly sources: AnswerSource[]; readonly standalone_question: string }
  /** More text, to be put behind all text before it. */
  | { readonly type: 'text'; readonly text: string }
  /** Which part of the text that came already a source bears out. */
  | { readonly type: 'citation'; readonly citation: Citation }
  /** The whole answer. Comes last. */
  | { readonly type: 'final'; readonly answer: AnswerReply };

/**
 * Asks for an answer, and gives it bit by bit. Leaving the loop closes the connection, which stops the service. The call
 * is sent again only as long as nothing of the answer has come.
 *
 * @throws FihristError: also what the service says in the middle, and CONNECTION_FAILED when the stream ends without
 *   its last event; the reason of `signal`
 */
export async function* streamAnswer(
  connection: Connection,
  request: Omit<AnswerRequest, 'stream'>,
  options: CallOptions,
): AsyncGenerator<AnswerEvent, void, void> {
  const call = connection.begin(options, { timeoutMs: DEFAULT_TIMEOUTS_MS.answer, timesSilence: true });
  try {
    const response = await connection.send(
      {
        method: 'POST',
        path: '/v1/answer',
        accept: 'text/event-stream',
        body: () => ({ text: JSON.stringify({ ...request, stream: true }), mediaType: 'application/json' }),
      },
      call,
      async (reply) => reply,
    );
    if (response.headers.get('content-type')?.startsWith('text/event-stream') !== true) {
      throw new FihristError('REPLY_INVALID', 'The reply is not a stream of events.', {
        status: response.status,
        requestId: call.requestId,
      });
    }
    let isWhole = false;
    for await (const { name, data } of readEvents(response, call, connection)) {
      if (name === 'error') throw errorOf(data, connection, call.requestId);
      const event = toAnswerEvent(name, data);
      isWhole ||= event?.type === 'final';
      if (event !== null) yield event;
    }
    if (!isWhole) throw cutOff('the end of the answer', call);
  } finally {
    call.limit.end();
  }
}

/** @returns Null for an event that this version does not know. */
function toAnswerEvent(name: string, data: unknown): AnswerEvent | null {
  switch (name) {
    case 'sources':
      return { type: 'sources', ...(data as { sources: AnswerSource[]; standalone_question: string }) };
    case 'text':
      return { type: 'text', text: (data as { text: string }).text };
    case 'citation':
      return { type: 'citation', citation: data as Citation };
    case 'final':
      return { type: 'final', answer: data as AnswerReply };
    default:
      return null;
  }
}

function errorOf(data: unknown, { serviceUrl }: Connection, requestId: string): FihristError {
  const fields = errorFieldsOf(data);
  if (fields !== null) return toFihristError(fields, { serviceUrl, requestId });
  return new FihristError('REPLY_INVALID', 'The answer broke off without a reason.', { requestId });
}
