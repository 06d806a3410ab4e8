import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { AnswerEvent } from '../../../src/client/fihrist-client.js';
import { collect, failureOf, json, refusal, scriptedClient, streamed } from './scripted-fetch.js';

const said = (name: string, data: unknown) => `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
const events = (...pieces: Parameters<typeof streamed>[0]) =>
  streamed(pieces, 'text/event-stream; charset=utf-8');
const sources = said('sources', { sources: [{ number: 1 }], standalone_question: 'q' });
const citation = { start: 0, end: 4, source: 1 };
const final = { status: 'answered', text: 'Yes. [1]' };

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe('an answer that comes bit by bit', () => {
  test('is given as events, in the order they come, without heartbeats and what is not known yet', async () => {
    const { client, requests } = scriptedClient([
      events(
        sources,
        ': still here\n\n',
        said('text', { text: 'Yes.' }),
        said('made_later', {}),
        said('citation', citation),
        said('final', final),
      ),
    ]);
    expect(await collect(client.streamAnswer({ question: 'q', languages: ['en'] }))).toEqual([
      { type: 'sources', sources: [{ number: 1 }], standalone_question: 'q' },
      { type: 'text', text: 'Yes.' },
      { type: 'citation', citation },
      { type: 'final', answer: final },
    ]);
    expect(requests[0]).toMatchObject({
      method: 'POST',
      target: '/v1/answer',
      headers: { accept: 'text/event-stream' },
      body: '{"question":"q","languages":["en"],"stream":true}',
    });
  });

  test('is asked for when the loop begins, and not before', async () => {
    const { client, requests } = scriptedClient([events(said('final', final))]);
    const answer = client.streamAnswer({ question: 'q' });
    expect(requests).toHaveLength(0);
    await collect(answer);
    expect(requests).toHaveLength(1);
  });

  test('is asked for again as long as nothing of it has come', async () => {
    const { client } = scriptedClient([new Error('reset'), events(said('final', final))]);
    const reading = collect(client.streamAnswer({ question: 'q' }));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await reading).toHaveLength(1);
    const { client: second, requests } = scriptedClient([events(sources, new Error('reset'))]);
    const seen: AnswerEvent[] = [];
    const failing = failureOf(
      (async () => {
        for await (const event of second.streamAnswer({ question: 'q' })) seen.push(event);
      })(),
    );
    await vi.advanceTimersByTimeAsync(60_000);
    expect(await failing).toMatchObject({ code: 'CONNECTION_FAILED' });
    expect([seen.length, requests.length]).toEqual([1, 1]);
  });

  test('ends with what the service says in the middle', async () => {
    const error = {
      code: 'WORKER_STOPPED',
      message: 'm',
      type: 'operator',
      details: {},
      link: '/docs/errors#x',
    };
    const { client, requests } = scriptedClient([
      events(sources, said('error', { error })),
      events(said('error', 1)),
    ]);
    expect(await failureOf(collect(client.streamAnswer({ question: 'q' })))).toMatchObject({
      code: 'WORKER_STOPPED',
      type: 'operator',
      requestId: requests[0]?.headers['x-request-id'],
    });
    expect(await failureOf(collect(client.streamAnswer({ question: 'q' })))).toMatchObject({
      code: 'REPLY_INVALID',
    });
  });

  test('is refused like every call, and is nothing else than a stream', async () => {
    const { client } = scriptedClient([refusal('QUERY_EMPTY', 400), json(final)]);
    expect(await failureOf(collect(client.streamAnswer({ question: '…' })))).toMatchObject({
      code: 'QUERY_EMPTY',
    });
    expect(await failureOf(collect(client.streamAnswer({ question: 'q' })))).toMatchObject({
      code: 'REPLY_INVALID',
    });
  });

  test('is not whole without its last event', async () => {
    const { client } = scriptedClient([events(sources, said('text', { text: 'Ye' }))]);
    expect(await failureOf(collect(client.streamAnswer({ question: 'q' })))).toMatchObject({
      code: 'CONNECTION_FAILED',
      message: 'The reply was cut off before the end of the answer.',
    });
  });

  test('is given up when nothing comes for too long, but not while its reader takes time', async () => {
    const { client } = scriptedClient([events(sources, said('text', { text: 'a' }), 'hang')]);
    const answer = client.streamAnswer({ question: 'q' }, { timeoutMs: 1_000 });
    await answer.next();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await answer.next()).toMatchObject({ value: { type: 'text' } });
    const failing = failureOf(answer.next());
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await failing).toMatchObject({ code: 'TIMED_OUT' });
  });

  test('stays alive by heartbeats', async () => {
    let beats = 0;
    const body = new ReadableStream<Uint8Array>({
      pull: async (controller) => {
        await new Promise((resolve) => setTimeout(resolve, 900));
        beats += 1;
        const text = beats < 10 ? ': still here\n\n' : said('final', final);
        controller.enqueue(new TextEncoder().encode(text));
        if (beats === 10) controller.close();
      },
    });
    const { client } = scriptedClient([
      new Response(body, { headers: { 'content-type': 'text/event-stream' } }),
    ]);
    const reading = collect(client.streamAnswer({ question: 'q' }, { timeoutMs: 1_000 }));
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await reading).toEqual([{ type: 'final', answer: final }]);
  });

  test('is stopped by leaving the loop', async () => {
    const { client, requests } = scriptedClient([events(sources, 'hang')]);
    for await (const event of client.streamAnswer({ question: 'q' })) {
      expect(event.type).toBe('sources');
      break;
    }
    expect(requests[0]?.signal.aborted).toBe(true);
  });

  test('is stopped by the signal, also while nothing comes', async () => {
    const controller = new AbortController();
    const reason = new Error('enough');
    const { client, requests } = scriptedClient([events(sources, 'hang')]);
    const failing = failureOf(collect(client.streamAnswer({ question: 'q' }, { signal: controller.signal })));
    await vi.advanceTimersByTimeAsync(100);
    controller.abort(reason);
    expect(await failing).toBe(reason);
    expect(requests[0]?.signal.aborted).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('gives nothing more after the signal, even of what has come', async () => {
    const controller = new AbortController();
    const { client } = scriptedClient([
      events(`${sources}${said('text', { text: 'a' })}${said('final', final)}`),
    ]);
    const seen: string[] = [];
    const failing = failureOf(
      (async () => {
        for await (const { type } of client.streamAnswer({ question: 'q' }, { signal: controller.signal })) {
          seen.push(type);
          controller.abort();
        }
      })(),
    );
    expect(await failing).toMatchObject({ name: 'AbortError' });
    expect(seen).toEqual(['sources']);
  });
});
