import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';

/** What the server does with one request; the reply is its to send. */
export type ChatScript = (res: ServerResponse, body: Record<string, unknown>) => void;

export interface ScriptedChatServer {
  /** With `/v1`. */
  readonly url: string;
  /** Bodies and keys of all requests. */
  readonly asked: Array<{
    readonly body: Record<string, unknown>;
    readonly authorization: string | undefined;
  }>;
  /** Connections that the other side closed before the reply was over. */
  readonly abandoned: () => number;
  /** What is done from now on. */
  play(script: ChatScript): void;
  close(): Promise<void>;
}

/** A server in the form of OpenAI that behaves as a test wants it to, and not always well. */
export async function startScriptedChatServer(): Promise<ScriptedChatServer> {
  let script: ChatScript = writes(['NO_ANSWER']);
  let abandoned = 0;
  const asked: Array<{ body: Record<string, unknown>; authorization: string | undefined }> = [];
  const server: Server = createServer(async (req: IncomingMessage, res: ServerResponse) => {
    const chunks: Buffer[] = [];
    for await (const chunk of req) chunks.push(chunk as Buffer);
    const body = JSON.parse(Buffer.concat(chunks).toString('utf8')) as Record<string, unknown>;
    asked.push({ body, authorization: req.headers.authorization });
    res.once('close', () => {
      if (!res.writableFinished) abandoned += 1;
    });
    if (req.url !== '/v1/chat/completions') {
      res.statusCode = 404;
      res.end();
    } else script(res, body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v1`,
    asked,
    abandoned: () => abandoned,
    play: (wanted) => {
      script = wanted;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function chunkOf(content: string | null, finishReason: string | null = null): string {
  const choices = [{ index: 0, delta: content === null ? {} : { content }, finish_reason: finishReason }];
  return `data: ${JSON.stringify({ id: 'x', object: 'chat.completion.chunk', choices })}\n\n`;
}

function open(res: ServerResponse): void {
  res.setHeader('content-type', 'text/event-stream');
  res.write(chunkOf(''));
}

/** Writes the pieces and ends as it should. */
export function writes(pieces: readonly string[], end: string = 'data: [DONE]\n\n'): ChatScript {
  return (res) => {
    open(res);
    for (const piece of pieces) res.write(chunkOf(piece));
    res.end(`${chunkOf(null, 'stop')}${end}`);
  };
}

/** The same, and tells what it took, as OpenAI does when it is asked for that: in a chunk of its own at the end. */
export function writesCounting(pieces: readonly string[], usage: unknown): ChatScript {
  const told = `data: ${JSON.stringify({ id: 'x', object: 'chat.completion.chunk', choices: [], usage })}\n\n`;
  return writes(pieces, `${told}data: [DONE]\n\n`);
}

/** Sends the whole reply at once, as servers do that know no streams. */
export function writesAtOnce(content: string, usage?: unknown): ChatScript {
  return (res) => {
    res.setHeader('content-type', 'application/json');
    res.end(JSON.stringify({ choices: [{ index: 0, message: { role: 'assistant', content } }], usage }));
  };
}

/** Writes the pieces, then the connection breaks. */
export function breaksAfter(pieces: readonly string[]): ChatScript {
  return (res) => {
    open(res);
    for (const piece of pieces) res.write(chunkOf(piece));
    setTimeout(() => res.destroy(), 30);
  };
}

/** Writes the pieces and ends without saying that it is the end. */
export function endsEarlyAfter(pieces: readonly string[]): ChatScript {
  return (res) => {
    open(res);
    for (const piece of pieces) res.write(chunkOf(piece));
    res.end();
  };
}

/** Writes the pieces and then nothing any more. */
export function hangsAfter(pieces: readonly string[]): ChatScript {
  return (res) => {
    if (pieces.length === 0) return;
    open(res);
    for (const piece of pieces) res.write(chunkOf(piece));
  };
}

export function answersWith(status: number, body: string, contentType = 'application/json'): ChatScript {
  return (res) => {
    res.statusCode = status;
    res.setHeader('content-type', contentType);
    res.end(body);
  };
}

/** Writes sentences without a source for as long as anybody listens. */
export function neverEnds(): ChatScript {
  return (res) => {
    open(res);
    const more = () => {
      while (!res.destroyed && res.write(chunkOf('Nothing is cited here. '.repeat(200))));
      if (!res.destroyed) res.once('drain', more);
    };
    more();
  };
}

/** A small body that becomes a large one. */
export function bomb(): ChatScript {
  return (res) => {
    res.setHeader('content-type', 'text/event-stream');
    res.setHeader('content-encoding', 'gzip');
    res.end(gzipSync(`data: ${'a'.repeat(64 * 1024 * 1024)}`));
  };
}
