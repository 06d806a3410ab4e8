import type { ServerResponse } from 'node:http';

/** Writes a whole reply of text with status 200. To HEAD, node sends the headers alone. */
export function sendText(res: ServerResponse, mediaType: string, text: string | Buffer): void {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text;
  res.setHeader('content-type', `${mediaType}; charset=utf-8`);
  res.setHeader('content-length', bytes.length);
  res.end(bytes);
}
