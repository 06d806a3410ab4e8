import type { Language } from '../domain/language.js';
import type { AnswerEvent, Source } from './answer.js';
import type { AnswerDraft } from './answer-draft.js';
import { answerPrompt, NO_ANSWER } from './answer-prompt.js';
import type { ChatModel } from './chat-model.js';
import { checkStatement } from './check-statement.js';
import { ModelFailure } from './model-failure.js';
import { readStatements, type Statement } from './read-statements.js';

/** What a model's answer comes to. */
export type WrittenAnswer = 'answered' | 'no_answer' | 'uncited';

export interface WritingOptions {
  readonly question: string;
  readonly language: Language;
  readonly sources: readonly Source[];
  readonly draft: AnswerDraft;
  readonly signal: AbortSignal;
}

/** What is shown of an answer at most: a model that does not stop is stopped. */
const MOST_SHOWN_CHARACTERS = 6_000;
/** What is read at most to get there, sentences without a source among it. */
const MOST_READ_CHARACTERS = 60_000;
/** Models write syllable by syllable; looking for the end of a sentence after each costs more than it brings. */
const LOOK_EVERY_CHARACTERS = 16;
/** What is read when a model has said that there is no answer, so that it can end by itself and tell what it took. */
const MOST_AFTER_NO_ANSWER_CHARACTERS = 32;
/** A sentence that is not over by then is none. */
const MOST_SENTENCE_CHARACTERS = 5_000;

/**
 * Lets a model write the answer, and shows of it, sentence by sentence as they come, what names a source that there is.
 * @returns How it ended; `uncited` when it ended without a sentence that can be shown
 * @throws ModelFailure, in the middle too: what was shown until then stays in the draft
 */
export async function* writeAnswer(
  model: ChatModel,
  { question, language, sources, draft, signal }: WritingOptions,
): AsyncGenerator<AnswerEvent, WrittenAnswer> {
  let unread = '';
  let readCharacters = 0;
  let isBlank = true;
  let looked = 0;
  const show = (statements: readonly Statement[]) =>
    statements.flatMap((statement) => {
      if (draft.text.length >= MOST_SHOWN_CHARACTERS) return [];
      const checked = checkStatement(statement, sources);
      if (checked === null) return [];
      return draft.addStatement(checked.text, checked.supports, statement.beginsLine ? '\n' : ' ');
    });
  const reply = model.write(answerPrompt(question, sources, language), signal)[Symbol.asyncIterator]();
  for await (const piece of { [Symbol.asyncIterator]: () => reply }) {
    unread += piece;
    readCharacters += piece.length;
    isBlank &&= piece.trim() === '';
    if (draft.text === '' && unread.trimStart().startsWith(NO_ANSWER)) {
      await readOut(reply, signal);
      return 'no_answer';
    }
    if (readCharacters - looked >= LOOK_EVERY_CHARACTERS) {
      looked = readCharacters;
      const { statements, rest } = readStatements(unread, false);
      yield* show(statements);
      unread = rest;
    }
    if (draft.text.length >= MOST_SHOWN_CHARACTERS) return 'answered';
    if (readCharacters > MOST_READ_CHARACTERS || unread.length > MOST_SENTENCE_CHARACTERS) {
      throw new ModelFailure('too_large', `the model wrote ${readCharacters} characters and did not end`);
    }
  }
  if (isBlank) throw new ModelFailure('empty', 'the model wrote nothing');
  yield* show(readStatements(unread, true).statements);
  return draft.text === '' ? 'uncited' : 'answered';
}

/** What is wrong with the rest of a reply whose meaning is known changes nothing. @throws the reason of `signal` when that fires */
async function readOut(reply: AsyncIterator<string>, signal: AbortSignal): Promise<void> {
  try {
    for (let characters = 0; characters <= MOST_AFTER_NO_ANSWER_CHARACTERS; ) {
      const { done, value } = await reply.next();
      if (done === true) return;
      characters += value.length;
    }
  } catch (error) {
    if (signal.aborted || !(error instanceof ModelFailure)) throw error;
  }
}
