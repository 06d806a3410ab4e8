export interface ChatMessage {
  readonly role: 'system' | 'user';
  readonly content: string;
}

/** A language model that continues a conversation. */
export interface ChatModel {
  /** As its server knows it. */
  readonly name: string;
  /**
   * @returns The reply as it is written, piece by piece; it ends when the model has ended. Leaving the loop stops the model.
   * @throws ModelFailure at any time; the reason of `signal` when that fires
   */
  write(messages: readonly ChatMessage[], signal: AbortSignal): AsyncIterable<string>;
}
