import type { ChatModel, TokenUsage } from './chat-model.js';

/** Adds up what a model tells of each reply that one answer took. */
export class UsageTally {
  #asked = 0;
  readonly #told: TokenUsage[] = [];

  /** Null when no model was asked, or when it has not told of every reply: a part of the sum would be taken for all of it. */
  get sum(): TokenUsage | null {
    if (this.#asked === 0 || this.#told.length < this.#asked) return null;
    return this.#told.reduce((one, other) => ({
      promptTokens: one.promptTokens + other.promptTokens,
      completionTokens: one.completionTokens + other.completionTokens,
    }));
  }

  /** The same model, whose replies are counted here. */
  count(model: ChatModel): ChatModel {
    return {
      name: model.name,
      write: (messages, signal, onUsage) => {
        this.#asked += 1;
        return model.write(messages, signal, (usage) => {
          this.#told.push(usage);
          onUsage?.(usage);
        });
      },
    };
  }
}
