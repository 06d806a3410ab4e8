import type { ServerResponse } from 'node:http';

/** Writes a whole JSON reply. To HEAD, node sends the headers alone. */
export function sendJson(res: ServerResponse, httpStatus: number, body: unknown): void {
  const bytes = Buffer.from(JSON.stringify(body));
  res.statusCode = httpStatus;
  res.setHeader('content-type', 'application/json; charset=utf-8');
  res.setHeader('content-length', bytes.length);
  res.end(bytes);
}
