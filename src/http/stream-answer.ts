import type { ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import type { AnswerEvent } from '../answer/answer.js';
import type { FihristError } from '../domain/errors.js';
import { EventStream, type StreamedEvent } from './event-stream.js';
import { noteError } from './note-error.js';

/** How an interface writes an answer that comes bit by bit. */
export interface AnswerStreamForm {
  readonly headers?: Readonly<Record<string, string>>;
  /** What stands for an event; nothing when the interface has no word for it. */
  readonly toEvents: (event: AnswerEvent) => readonly StreamedEvent[];
  /** What ends a stream that broke in the middle. */
  readonly toErrorEvents: (error: FihristError) => readonly StreamedEvent[];
}

/**
 * Sends an answer while it comes to be.
 * @throws what goes wrong before the first event: there can still be an error reply
 */
export async function streamAnswer(
  res: ServerResponse,
  events: AsyncIterable<AnswerEvent>,
  { headers, toEvents, toErrorEvents, logger }: AnswerStreamForm & { readonly logger: Logger },
): Promise<void> {
  const stream = new EventStream(res, headers === undefined ? {} : { headers });
  try {
    for await (const event of events) {
      for (const streamed of toEvents(event)) await stream.send(streamed);
    }
  } catch (error) {
    // The caller has gone: the answer was stopped for that reason, and there is nobody to tell.
    if (res.destroyed) return;
    if (!stream.isOpen) throw error;
    for (const streamed of toErrorEvents(noteError(res, error, { logger }))) await stream.send(streamed);
  }
  stream.end();
}
