import type { ServerResponse } from 'node:http';

/** Fires when the connection closes before the reply is out. */
export function signalOfCaller(res: ServerResponse): AbortSignal {
  const controller = new AbortController();
  res.once('close', () => {
    if (!res.writableFinished) controller.abort();
  });
  return controller.signal;
}
