import type { ServerResponse } from 'node:http';
import type { AnswerEvent } from '../../answer/answer.js';
import { neutraliseText } from '../html/neutralise-text.js';
import { chatTurn, pendingTurn } from '../parts/chat-turn.js';
import type { UiContext } from '../ui-context.js';
import type { TranscriptSeal } from './seal-transcript.js';
import { addTurn, type Transcript, toKeptTurn } from './transcript.js';

interface StreamedTurn {
  readonly res: ServerResponse;
  readonly ui: UiContext;
  readonly events: AsyncIterable<AnswerEvent>;
  readonly question: string;
  /** What was said before. */
  readonly transcript: Transcript;
  readonly seal: TranscriptSeal;
}

/**
 * Writes an answer while it comes to be, as server-sent events of JSON: `begin {html}` with the question, `text {text}` to
 * be put behind what is there, `end {html, transcript}` with the whole turn in its place. What fails is thrown:
 * after the beginning that cuts the stream, and a stream without an end is how the page knows.
 */
export async function streamTurn(turn: StreamedTurn): Promise<void> {
  const { res, ui, events, question, transcript, seal } = turn;
  const send = (event: string, data: object) =>
    res.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  let isBegun = false;
  const begin = () => {
    if (isBegun) return;
    isBegun = true;
    res.setHeader('content-type', 'text/event-stream; charset=utf-8');
    res.setHeader('cache-control', 'no-store');
    // Proxies that gather a reply before they pass it on are asked not to.
    res.setHeader('x-accel-buffering', 'no');
    send('begin', { html: pendingTurn(ui, question).toString() });
  };
  for await (const event of events) {
    begin();
    if (event.kind === 'text') send('text', { text: neutraliseText(event.text) });
    if (event.kind === 'final') {
      const kept = toKeptTurn(question, event.answer);
      const next = seal.seal(addTurn(transcript, kept));
      send('end', { html: chatTurn(ui, kept).toString(), transcript: next });
    }
  }
  res.end();
}
