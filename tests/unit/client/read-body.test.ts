import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Connection } from '../../../src/client/connection.js';
import { readEvents, readJsonLines, readLines } from '../../../src/client/read-body.js';
import { collect, failureOf, streamed } from './scripted-fetch.js';

const connection = new Connection({ url: 'http://fihrist.example' });
const begin = () => connection.begin({}, { timeoutMs: 5_000, timesSilence: true });

/** The bytes of a text, cut at the places that are given. */
function cut(text: string, places: readonly number[]): Uint8Array[] {
  const bytes = new TextEncoder().encode(text);
  const ends = [...new Set(places.map((place) => place % (bytes.length + 1)))].sort((a, b) => a - b);
  return [...ends, bytes.length].map((end, i) => bytes.slice(ends[i - 1] ?? 0, end));
}

async function read<Item>(
  pieces: ReadonlyArray<string | Uint8Array | Error>,
  reader: typeof readLines | typeof readJsonLines | typeof readEvents,
): Promise<Item[]> {
  const call = begin();
  try {
    return (await collect(reader(streamed(pieces), call, connection) as AsyncIterable<unknown>)) as Item[];
  } finally {
    call.limit.end();
  }
}

const places = fc.array(fc.nat(2_000), { maxLength: 12 });

describe('lines', () => {
  const line = fc.stringMatching(/^[^\r\n\ufeff]{0,12}$/u);

  test('are the same however they are cut on the way, whatever ends them', async () => {
    const ending = fc.constantFrom('\n', '\r\n', '\r');
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(line, ending), { maxLength: 6 }),
        line,
        places,
        async (lines, last, at) => {
          const parts = lines.map(([text, end]) => `${text}${end}`);
          // An empty line between CR and LF is no line.
          fc.pre(!parts.join('|').includes('\r|\n'));
          const found = await read(cut(`${parts.join('')}${last}`, at), readLines);
          expect(found).toEqual([...lines.map(([text]) => text), ...(last === '' ? [] : [last])]);
        },
      ),
      { numRuns: 200 },
    );
  });

  test('of JSON are values, blank ones none, and broken ones an error', async () => {
    expect(await read(['{"a":"ف"}\n\n[1]\n'], readJsonLines)).toEqual([{ a: 'ف' }, [1]]);
    expect(await failureOf(read(['{"a":1}\n{"a":'], readJsonLines))).toMatchObject({ code: 'REPLY_INVALID' });
  });

  test('of a body that breaks end with an error', async () => {
    expect(await failureOf(read(['a\nb', new Error('reset')], readLines))).toMatchObject({
      code: 'CONNECTION_FAILED',
    });
  });
});

describe('events', () => {
  const name = fc.constantFrom('text', 'final', 'sources');
  const event = fc.record({ name, data: fc.jsonValue() });

  test('are the same however they are cut on the way, heartbeats between them', async () => {
    const end = fc.constantFrom('\n', '\r\n');
    await fc.assert(
      fc.asyncProperty(
        fc.array(event, { maxLength: 5 }),
        end,
        fc.boolean(),
        places,
        async (events, nl, beats, at) => {
          const told = events.map(
            ({ name: event, data }) =>
              `event: ${event}${nl}data: ${JSON.stringify(data)}${nl}${nl}${beats ? `: still here${nl}${nl}` : ''}`,
          );
          const found = await read(cut(told.join(''), at), readEvents);
          expect(JSON.stringify(found)).toBe(JSON.stringify(events));
        },
      ),
      { numRuns: 200 },
    );
  });

  test('are read as the standard says', async () => {
    const text = [
      'data:{"a":\ndata: 1}\n\n', // two lines of data, one without a blank
      'event: none\n\n', // without data
      'id: 7\nretry: 1\nunknown\nevent: text\ndata: 2\n\n',
      'data: 3\n\n', // the name of the one before does not last
      'event: text\ndata: 4\n', // cut off
    ];
    expect(await read(text, readEvents)).toEqual([
      { name: 'message', data: { a: 1 } },
      { name: 'text', data: 2 },
      { name: 'message', data: 3 },
    ]);
  });
});
