import { parentPort } from 'node:worker_threads';
import { type CallMessage, PING, type ReplyMessage, toErrorMessage } from './call-protocol.js';

/** A method of a thread. What it returns is sent back; `transferOf` names buffers to move instead of copy. */
export type ThreadMethod = (argument: never) => unknown;

/**
 * Answers the calls of this thread's owner, in the worker entry.
 * @param methods  By name; sync or async. An error is sent back, never thrown here.
 * @param transferOf  Which buffers of a result to move. Default: none, the result is copied.
 */
export function serveCalls(
  methods: Readonly<Record<string, ThreadMethod>>,
  transferOf: (value: unknown) => ArrayBuffer[] = () => [],
): void {
  const port = parentPort;
  if (port === null) throw new Error('serveCalls works in a worker thread only');
  const reply = (message: ReplyMessage, transfer: ArrayBuffer[] = []) => port.postMessage(message, transfer);

  port.on('message', async (call: CallMessage) => {
    if (call.method === PING) return reply({ id: call.id, ok: true, value: null });
    try {
      const method = methods[call.method];
      if (method === undefined) throw new Error(`no method ${call.method}`);
      const value = await method(call.argument as never);
      reply({ id: call.id, ok: true, value }, transferOf(value));
    } catch (error) {
      reply({ id: call.id, ok: false, error: toErrorMessage(error) });
    }
  });
}
