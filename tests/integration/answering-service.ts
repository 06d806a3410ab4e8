import { answerQuestion } from '../../src/answer/answer-question.js';
import { OpenaiChatModel } from '../../src/answer/openai-chat-model.js';
import type { HttpServerOptions } from '../../src/http/http-server-options.js';
import type { SearchResult } from '../../src/search/search-passages.js';
import type { SearchRequest } from '../../src/search/search-request.js';
import { madePassages, resultOf } from '../unit/answer/made-sources.js';
import { type GuardOptions, startGuardedServer } from '../unit/http/start-guarded-server.js';
import { startTestServer, type TestServer } from '../unit/http/start-test-server.js';

/** Three passages: in English with an address, in Arabic, and in English without an address. */
export const passages = madePassages(
  {
    text: 'So little moisture remains in it that microbes cannot grow. Honey keeps for a great many years.',
    url: 'https://archive.example/honey',
    similarities: [0.7, 0.1],
  },
  {
    text: 'تخلو القناة من الأهوسة لأن الفرق بين منسوبي البحرين ضئيل.',
    url: 'https://archive.example/canal',
    similarities: [0.2],
  },
  { text: 'Beekeepers sell the wax of their bees as well.', similarities: [0.69] },
);

export interface AnsweringOptions extends Partial<HttpServerOptions> {
  /** Of a server in the form of OpenAI. Default: there is no model. */
  readonly modelUrl?: string;
  readonly timeoutMs?: number;
  readonly idleTimeoutMs?: number;
  /** What stands before it. Default: nothing. */
  readonly guard?: GuardOptions;
  /** Default: finds the passages, and that they answer. */
  readonly find?: (request: SearchRequest) => SearchResult;
}

/** The service over these passages. */
export async function startAnsweringService(options: AnsweringOptions = {}): Promise<TestServer> {
  const { modelUrl, timeoutMs = 5_000, idleTimeoutMs = 2_000, guard, find, ...rest } = options;
  const search: HttpServerOptions['search'] =
    options.search ?? (async (request) => find?.(request) ?? resultOf(passages, request.query));
  const chatModel =
    modelUrl === undefined
      ? null
      : new OpenaiChatModel({ baseUrl: modelUrl, model: 'scripted', timeoutMs, idleTimeoutMs });
  const services: Partial<HttpServerOptions> = {
    search,
    answer: (request, access) =>
      answerQuestion(
        {
          search: (asked, signal) =>
            access.watch(asked, (stages) => search(asked, { ...access, signal, stages })),
          chatModel,
          onModelFailure: () => {},
        },
        request,
        access.signal,
      ),
    ...rest,
  };
  return guard === undefined ? startTestServer(services) : startGuardedServer(guard, services);
}

export function post(url: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
}
