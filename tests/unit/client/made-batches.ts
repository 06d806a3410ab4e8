import { vi } from 'vitest';
import type { ArticleToWrite } from '../../../src/client/fihrist-client.js';
import { type SentRequest, streamed } from './scripted-fetch.js';

export const made = (count: number): ArticleToWrite[] =>
  Array.from({ length: count }, (_, i) => ({ id: `a-${i}`, text: `Article ${i}.` }));
export const linesOf = ({ body = '' }: SentRequest) => body.split('\n').filter((line) => line !== '');
export const idsOf = (request: SentRequest) =>
  linesOf(request).map((line) => (JSON.parse(line) as { id: string }).id);
export const told = (index: number, id: string, status = 'created') =>
  `${JSON.stringify({ index, line: index + 1, id, status })}\n`;
export const END = '{"counts":{"created":0,"updated":0,"unchanged":0,"failed":0}}\n';

/** Takes all that is sent, and tells of it backwards. */
export const takes =
  (status = 'created') =>
  (request: SentRequest) => {
    const lines = idsOf(request).map((id, index) => told(index, id, status));
    return streamed([...lines.reverse(), END]);
  };

/** Lets all time pass that a call may want; fake timers must be on. */
export async function settled<Value>(promise: Promise<Value>): Promise<Value> {
  promise.catch(() => {});
  await vi.advanceTimersByTimeAsync(400_000);
  return promise;
}
