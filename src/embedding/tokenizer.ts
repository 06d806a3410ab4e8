/** A text into the numbers that a model reads. */
export interface Tokenizer {
  /** Ids that stand before those of every text. */
  readonly opening: readonly number[];
  /** Ids that stand behind them. */
  readonly closing: readonly number[];
  /** Without these. */
  encode(text: string): readonly number[];
}
