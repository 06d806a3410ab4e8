export interface ChatMessage {
  readonly role: 'system' | 'user';
  readonly content: string;
}

/** What a language model read and wrote, by its own tokenizer. */
export interface TokenUsage {
  readonly promptTokens: number;
  readonly completionTokens: number;
}

/** A language model that continues a conversation. */
export interface ChatModel {
  /** As its server knows it. */
  readonly name: string;
  /**
   * @param onUsage  Told once, at the end of a whole reply, by models that count.
   * @returns The reply as it is written, piece by piece; it ends when the model has ended. Leaving the loop stops the model.
   * @throws ModelFailure at any time; the reason of `signal` when that fires
   */
  write(
    messages: readonly ChatMessage[],
    signal: AbortSignal,
    onUsage?: (usage: TokenUsage) => void,
  ): AsyncIterable<string>;
}
