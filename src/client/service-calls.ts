import { type CallOptions, DEFAULT_TIMEOUTS_MS } from './client-options.js';
import type { Connection, Request } from './connection.js';
import { FihristError } from './fihrist-error.js';
import { errorFieldsOf, toFihristError } from './read-error.js';
import type { ErrorCode, Readiness } from './wire-types.js';

/** A service that is not ready says so with status 503, which is what was asked for. */
export async function readReadiness(connection: Connection, options: CallOptions): Promise<Readiness> {
  const call = connection.begin(options, { timeoutMs: DEFAULT_TIMEOUTS_MS.read });
  const request: Request = { method: 'GET', path: '/readyz', readStatus: 503 };
  try {
    return await connection.send(request, call, async (response) => {
      const reply = await connection.readJson<Readiness>(response, call);
      if (Array.isArray(reply.reasons)) return reply;
      const context = { ...connection.contextOf(call), status: response.status };
      const fields = errorFieldsOf(reply);
      if (fields !== null) throw toFihristError(fields, context);
      throw new FihristError('REPLY_INVALID', 'The reply is not about readiness.', context);
    });
  } finally {
    call.limit.end();
  }
}

/** @param what.gone  The error that says that it is not there any more. */
export async function deleteAt(
  connection: Connection,
  { path, gone }: { readonly path: string; readonly gone: ErrorCode },
  options: CallOptions,
): Promise<void> {
  const call = connection.begin(options, { timeoutMs: DEFAULT_TIMEOUTS_MS.write });
  try {
    await connection.send({ method: 'DELETE', path }, call, async () => {});
  } catch (error) {
    // A try before this one was carried out, and its reply was lost.
    const isGone = error instanceof FihristError && error.code === gone;
    if (!call.isUncertain || !isGone) throw error;
  } finally {
    call.limit.end();
  }
}
