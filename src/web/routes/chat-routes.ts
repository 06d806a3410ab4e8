import type { Request } from 'express';
import type { Answer } from '../../answer/answer.js';
import { FihristError } from '../../domain/errors.js';
import { checkQuery, SEARCH_LIMITS } from '../../search/search-request.js';
import { TranscriptSeal } from '../chat/seal-transcript.js';
import { streamTurn } from '../chat/stream-turn.js';
import { addTurn, type Transcript, toHistory, toKeptTurn } from '../chat/transcript.js';
import { chatPage } from '../pages/chat-page.js';
import { pageShell } from '../parts/page-shell.js';
import { readForm } from '../read-form.js';
import { NO_SAMPLES } from '../sample-questions.js';
import { sendPage } from '../send-page.js';
import { readUiContext, type UiContext } from '../ui-context.js';
import type { WebCall, WebPage } from '../web-page.js';
import type { WebServices } from '../web-services.js';
import { formatNumber } from '../words/format-values.js';

/** Of a question with its conversation. */
const MAX_FORM_BYTES = 512 * 1024;

type ChatServices = Pick<WebServices, 'answer' | 'sampleQuestions' | 'assets'>;

interface Asked {
  readonly question: string;
  readonly transcript: Transcript;
}

/**
 * Questions answered in sentences: `GET /chat`, with `?q=` to ask at once, and `POST /chat` to go on. Who accepts
 * `text/event-stream`, as the script of the page does, gets the answer as it is written.
 */
export function chatRoutes(services: ChatServices): readonly WebPage[] {
  const seal = new TranscriptSeal();
  const place = {
    path: '/chat',
    scope: 'search',
    lane: 'answer',
    errors: ['BODY_TOO_LARGE', 'NOT_READY', 'WORKER_STOPPED', 'EMBEDDING_FAILED'],
  } as const;
  return [
    {
      ...place,
      method: 'get',
      name: 'chatPage',
      summary: 'Questions and answers, for people',
      handle: async (call) => {
        const ui = readUiContext(call.req, '/chat', call.search);
        const question = (ui.parameters.get('q') ?? '').trim();
        if (question !== '')
          return answerTurn(services, { call, ui, seal, asked: { question, transcript: [] } });
        return showChat(services, { call, ui, seal, transcript: [], problem: null });
      },
    },
    {
      ...place,
      method: 'post',
      name: 'chatAnswer',
      summary: 'A question in a conversation, for people',
      handle: async (call) => {
        const ui = readUiContext(call.req, '/chat', call.search);
        const field = await readForm(call, MAX_FORM_BYTES);
        const question = field('q').trim();
        const transcript = seal.open(field('transcript')) ?? [];
        await answerTurn(services, { call, ui, seal, asked: { question, transcript } });
      },
    },
  ];
}

interface Turn {
  readonly call: WebCall;
  readonly ui: UiContext;
  readonly seal: TranscriptSeal;
  readonly asked: Asked;
}

async function answerTurn(services: ChatServices, { call, ui, seal, asked }: Turn): Promise<void> {
  const { req, res, access } = call;
  const { question, transcript } = asked;
  const problem = questionProblem(ui, question);
  if (problem !== null) return showChat(services, { call, ui, seal, transcript, problem });
  const events = services.answer({ question, history: toHistory(transcript) }, access);
  if (wantsStream(req)) return streamTurn({ res, ui, events, question, transcript, seal });
  let answer: Answer | null = null;
  for await (const event of events) if (event.kind === 'final') answer = event.answer;
  if (answer === null) throw new FihristError('INTERNAL', 'The answer has no end.');
  const next = addTurn(transcript, toKeptTurn(question, answer));
  return showChat(services, { call, ui, seal, transcript: next, problem: null });
}

interface Shown extends Omit<Turn, 'asked'> {
  readonly transcript: Transcript;
  readonly problem: string | null;
}

async function showChat(services: ChatServices, shown: Shown): Promise<void> {
  const { call, ui, seal, transcript, problem } = shown;
  const main = chatPage(ui, {
    transcript,
    sealed: transcript.length === 0 ? '' : seal.seal(transcript),
    problem,
    samples: transcript.length === 0 ? await services.sampleQuestions(call.access) : NO_SAMPLES,
  });
  const title = transcript.at(-1)?.question ?? ui.words.chat.title;
  const { isSignedIn } = call;
  const page = pageShell(ui, services, { title, current: 'chat', kind: 'chat', main, isSignedIn });
  sendPage(call.res, problem === null ? 200 : 400, page);
}

function questionProblem({ words }: UiContext, question: string): string | null {
  try {
    checkQuery(question);
    return null;
  } catch (error) {
    if (!(error instanceof FihristError)) throw error;
    return error.code === 'QUERY_TOO_LONG'
      ? words.search.longQuery(formatNumber(words, SEARCH_LIMITS.maxQueryCharacters))
      : words.search.emptyQuery;
  }
}

function wantsStream(req: Request): boolean {
  return req.headers.accept === 'text/event-stream';
}
