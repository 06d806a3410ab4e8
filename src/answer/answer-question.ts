import type { SearchResult } from '../search/search-passages.js';
import { SEARCH_DEFAULTS, type SearchRequest } from '../search/search-request.js';
import { addQuotes } from './add-quotes.js';
import type { Answer, AnswerEvent, AnswerMethod, FallbackReason } from './answer.js';
import { AnswerDraft } from './answer-draft.js';
import type { AnswerRequest } from './answer-request.js';
import { ANSWER_WORDS } from './answer-words.js';
import { carryTerms } from './carry-terms.js';
import type { ChatModel } from './chat-model.js';
import { isWellFounded } from './is-well-founded.js';
import { ModelFailure } from './model-failure.js';
import { pickQuotes } from './pick-quotes.js';
import { rewriteQuestion } from './rewrite-question.js';
import { UsageTally } from './usage-tally.js';
import { writeAnswer } from './write-answer.js';

/** What answering needs of the rest. */
export interface AnswerDependencies {
  /** May throw any FihristError, NOT_READY among them. */
  readonly search: (request: SearchRequest, signal: AbortSignal) => Promise<SearchResult>;
  /** Null when there is none: then answers are quotations. */
  readonly chatModel: ChatModel | null;
  /** Told when the model failed and the answer is made without it. */
  readonly onModelFailure: (failure: ModelFailure) => void;
}

/** Passages that an answer is made from. */
const SOURCES = 8;

interface Ending {
  readonly status: Answer['status'];
  readonly method: AnswerMethod;
  readonly fallback: FallbackReason | null;
}

/**
 * From a question to an answer whose every statement points to a passage: make the question stand alone, search, then
 * let the model write from what was found, or quote it.
 *
 * A model that fails, at whatever point, costs its answer and not the reader's: what it wrote until then stays, and
 * quotations follow. Without a model, or when it failed, a question that the archive does not answer is told so.
 *
 * @returns Events in the order of `AnswerEvent`; the last one holds the whole
 * @throws what the search throws, before the first event; the reason of `signal` when that fires
 */
export async function* answerQuestion(
  given: AnswerDependencies,
  request: AnswerRequest,
  signal: AbortSignal,
): AsyncGenerator<AnswerEvent, void> {
  const tally = new UsageTally();
  const { search } = given;
  const chatModel = given.chatModel === null ? null : tally.count(given.chatModel);
  const dependencies = { ...given, chatModel };
  const standaloneQuestion = await standAlone(dependencies, request, signal);
  const { languages, filters } = request;
  const { hits, ...searched } = await search(
    {
      ...SEARCH_DEFAULTS,
      query: standaloneQuestion,
      limit: SOURCES,
      evidence: true,
      ...(languages === undefined ? {} : { languages }),
      ...(filters === undefined ? {} : { filters }),
    },
    signal,
  );
  const sources = hits.map((passage, i) => ({ number: i + 1, passage }));
  yield { kind: 'sources', sources, standaloneQuestion };

  const language = searched.queryLanguage;
  const draft = new AnswerDraft();
  const found = { sources, answerability: searched.answerability };
  let ending: Ending | null = null;
  let fallback: FallbackReason | null = null;
  if (chatModel !== null && sources.length > 0) {
    try {
      const writing = { question: standaloneQuestion, language, sources, draft, signal };
      const written = yield* writeAnswer(chatModel, writing);
      if (written === 'no_answer') yield* draft.addWords(ANSWER_WORDS[language].noAnswer, ' ');
      if (written === 'uncited') fallback = written;
      else ending = { status: written, method: 'model', fallback: null };
    } catch (error) {
      fallback = failureOf(error, dependencies, signal).reason;
    }
  }
  if (ending === null) {
    const quotes = isWellFounded(found) ? pickQuotes(sources) : [];
    const { modelFailed, wordForWord, noAnswer, nothingFound } = ANSWER_WORDS[language];
    if (fallback !== null) yield* draft.addWords(modelFailed, '\n\n');
    if (fallback !== null && quotes.length > 0) yield* draft.addWords(wordForWord, ' ');
    if (quotes.length > 0) yield* addQuotes(quotes, draft);
    else yield* draft.addWords(sources.length === 0 ? nothingFound : noAnswer, '\n\n');
    // What the model wrote before it failed counts, too.
    const status = draft.citations.length > 0 ? 'answered' : 'no_answer';
    ending = { status, method: 'extract', fallback };
  }
  const { text, citations } = draft;
  const outcome = { ...ending, text, citations, sources, standaloneQuestion, language };
  yield { kind: 'final', answer: { ...outcome, usage: tally.sum, search: searched } };
}

/** What the question means after what was said before it. */
async function standAlone(
  dependencies: AnswerDependencies,
  { question, history }: AnswerRequest,
  signal: AbortSignal,
): Promise<string> {
  const earlier = history.filter(({ role }) => role === 'user').map(({ content }) => content);
  if (earlier.length === 0) return question;
  if (dependencies.chatModel !== null) {
    try {
      return await rewriteQuestion(dependencies.chatModel, { question, history }, signal);
    } catch (error) {
      failureOf(error, dependencies, signal);
    }
  }
  return carryTerms(question, earlier);
}

/** @throws the error itself when it is not the model that failed */
function failureOf(
  error: unknown,
  { onModelFailure }: AnswerDependencies,
  signal: AbortSignal,
): ModelFailure {
  if (signal.aborted || !(error instanceof ModelFailure)) throw error;
  onModelFailure(error);
  return error;
}
