import { type ApiDocument, type ApiOperation, listOperations } from './api-document.js';
import type { FuzzRequest } from './fuzz-request.js';
import { ReplyChecker } from './reply-checker.js';
import type { FuzzReply } from './send-request.js';

/** What only the inside of a program says: frames of a stack, files of the installation, errors of its parts. */
const INSIDES =
  /(?:\n|\\n)\s+at \S.*:\d+:\d+|node_modules|file:\/\/\/|\/dist\/|SqliteError|SQLITE_|TypeError|RangeError/;
const HARMLESS_REQUEST_ID = /^[\w-]{1,64}$/;
/** Each article has a result of its own there, right or wrong. */
const ANSWERED_ONE_BY_ONE = 'addArticles';

/** Tells what is wrong with replies, by the OpenAPI document and by what no reply may ever be. */
export class ReplyJudge {
  readonly #checker: ReplyChecker;
  readonly #operations: ReadonlyMap<string, ApiOperation>;

  constructor(document: ApiDocument) {
    this.#checker = new ReplyChecker(document);
    this.#operations = new Map(
      listOperations(document).map(({ operation }) => [operation.operationId, operation]),
    );
  }

  /** @returns A sentence for each thing that is wrong; empty when nothing is. */
  problems(request: FuzzRequest, reply: FuzzReply): string[] {
    const text = reply.body.toString('utf8');
    return [
      ...this.#problemsOfAny(request, reply, text),
      ...(request.operationId === null
        ? this.#problemsOfError(reply, text)
        : this.#problemsByDocument(request.operationId, request, reply, text)),
    ];
  }

  #problemsOfAny(request: FuzzRequest, { status, headers }: FuzzReply, text: string): string[] {
    const problems: string[] = [];
    const turnedAway = status === 503 && codeOf(text) === 'OVERLOADED';
    if (status >= 500 && !turnedAway) problems.push(`status ${status}: ${text.slice(0, 300)}`);
    const id = headers['x-request-id'];
    if (typeof id !== 'string' || !HARMLESS_REQUEST_ID.test(id)) problems.push(`x-request-id is ${id}`);
    const given = request.headers['x-request-id'];
    // Of headers that are too long together, none is read.
    const isUnread = status === 400 && text.includes('"reason":"HPE_');
    if (typeof given === 'string' && HARMLESS_REQUEST_ID.test(given) && id !== given && !isUnread) {
      problems.push(`x-request-id is ${id}, and ${given} was sent`);
    }
    if (headers['x-content-type-options'] !== 'nosniff') problems.push('x-content-type-options is missing');
    if (text !== '' && headers['content-type'] === undefined) problems.push('content-type is missing');
    const inside = INSIDES.exec(text);
    // Pages for people and files of the service may show such words; errors may not.
    if (status >= 400 && inside !== null) problems.push(`shows its inside: ${inside[0].trim()}`);
    return problems;
  }

  /** Where it is not known what was asked for, at least a refusal has to be one. */
  #problemsOfError({ status, headers }: FuzzReply, text: string): string[] {
    if (status < 400 || text === '' || mediaTypeOf(headers) === 'text/html') return [];
    const body = parsed(text);
    const problems = this.#checker.replyProblems({
      operationId: 'search',
      status: 400,
      mediaType: 'application/json',
      body: body.value,
    });
    // Contracts of others have errors of their own form.
    return body.isJson && 'jsonrpc' in (body.value as object)
      ? []
      : problems.map((one) => `as an error: ${one}`);
  }

  #problemsByDocument(
    operationId: string,
    request: FuzzRequest,
    { status, headers }: FuzzReply,
    text: string,
  ): string[] {
    const mediaType = mediaTypeOf(headers);
    // Whoever would rather have a page gets one, errors too.
    if (mediaType === 'text/html' && String(request.headers.accept).includes('text/html')) return [];
    const problems: string[] = [];
    for (const body of bodiesOf(mediaType, text)) {
      if (body === UNREADABLE) problems.push(`is no ${mediaType}: ${text.slice(0, 200)}`);
      else problems.push(...this.#checker.replyProblems({ operationId, status, mediaType, body }));
    }
    const code = codeOf(text);
    const described = this.#operations.get(operationId)?.responses[status]?.description ?? '';
    if (status >= 400 && code !== null && !described.includes(`\`${code}\``)) {
      problems.push(`answers ${status} with ${code}, which the document does not name`);
    }
    if (status < 300 && operationId !== ANSWERED_ONE_BY_ONE && this.#isForbidden(operationId, request)) {
      problems.push(`answers ${status} to a body that the document forbids`);
    }
    return [...new Set(problems)];
  }

  #isForbidden(operationId: string, { body, headers }: FuzzRequest): boolean {
    const content = this.#operations.get(operationId)?.requestBody?.content;
    if (content === undefined || body === null || 'content-encoding' in headers) return false;
    const mediaType = String(headers['content-type']).split(';')[0]?.trim().toLowerCase() ?? '';
    if (!(mediaType in content) || mediaType.endsWith('ndjson')) return false;
    const { isJson, value } = parsed(Buffer.from(body, 'latin1').toString('utf8'));
    if (!isJson) return true;
    return !this.#checker.allowsBody(operationId, mediaType, value);
  }
}

const UNREADABLE = Symbol('unreadable');

/** What is held against the schema: a JSON value, each line of NDJSON, or the text. */
function bodiesOf(mediaType: string, text: string): unknown[] {
  const json = (part: string) => {
    const { isJson, value } = parsed(part);
    return isJson ? value : UNREADABLE;
  };
  if (mediaType === 'application/json' && text !== '') return [json(text)];
  if (mediaType.endsWith('ndjson'))
    return text
      .split('\n')
      .filter((line) => line !== '')
      .map(json);
  if (mediaType !== 'text/event-stream') return [text];
  const events = [...text.matchAll(/^data: (.*)$/gm)].map(([, data = '']) => data);
  const broken = events.some((data) => data !== '[DONE]' && !parsed(data).isJson);
  return [broken ? UNREADABLE : text];
}

function parsed(text: string): { readonly isJson: boolean; readonly value: unknown } {
  try {
    return { isJson: true, value: JSON.parse(text) as unknown };
  } catch {
    return { isJson: false, value: text };
  }
}

function codeOf(text: string): string | null {
  return /^\{"error":\{"code":"(\w+)"/.exec(text)?.[1] ?? null;
}

function mediaTypeOf(headers: FuzzReply['headers']): string {
  return headers['content-type']?.split(';')[0] ?? '';
}
