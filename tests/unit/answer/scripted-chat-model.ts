import type { ChatMessage, ChatModel } from '../../../src/answer/chat-model.js';
import { ModelFailure, type ModelFailureReason } from '../../../src/answer/model-failure.js';

/** What a model writes, piece by piece; a failure ends it there. */
export type Script = ReadonlyArray<string | { readonly fails: ModelFailureReason }>;

/** A language model that writes what it is told, one script for each time it is asked, the last one again and again. */
export class ScriptedChatModel implements ChatModel {
  readonly name = 'scripted';
  readonly asked: Array<readonly ChatMessage[]> = [];
  /** How often a reply was left before its end. */
  stopped = 0;
  readonly #scripts: readonly Script[];

  constructor(...scripts: readonly Script[]) {
    this.#scripts = scripts;
  }

  async *write(messages: readonly ChatMessage[], signal: AbortSignal): AsyncGenerator<string> {
    const script = this.#scripts[Math.min(this.asked.length, this.#scripts.length - 1)] ?? [];
    this.asked.push(messages);
    let isOver = false;
    try {
      for (const piece of script) {
        await Promise.resolve();
        signal.throwIfAborted();
        if (typeof piece !== 'string') throw new ModelFailure(piece.fails, 'as scripted');
        yield piece;
      }
      isOver = true;
    } finally {
      if (!isOver) this.stopped += 1;
    }
  }
}
