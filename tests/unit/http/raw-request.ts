import { connect, type Socket } from 'node:net';

export interface RawConnection {
  readonly socket: Socket;
  readonly received: () => string;
  readonly closed: () => boolean;
}

/** A bare connection, and everything that comes back over it. */
export async function openSocket(port: number): Promise<RawConnection> {
  const socket = connect(port, '127.0.0.1');
  let text = '';
  let closed = false;
  socket.on('data', (chunk) => {
    text += chunk.toString('utf8');
  });
  socket.on('close', () => {
    closed = true;
  });
  socket.on('error', () => {});
  await new Promise((resolve) => socket.once('connect', resolve));
  return { socket, received: () => text, closed: () => closed };
}

/** Sends bytes as they are, and reads until the service closes the connection. @returns Status, and the error's code */
export async function sendRaw(
  port: number,
  bytes: string,
): Promise<{ status: number; code: string | null; text: string }> {
  const { socket, received } = await openSocket(port);
  const closed = new Promise((resolve) => socket.once('close', resolve));
  socket.write(bytes);
  await closed;
  const text = received();
  const code = /"code":"(\w+)"/.exec(text)?.[1] ?? null;
  return { status: Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1] ?? 0), code, text };
}
