import type { RawArticle } from '../domain/article.js';
import { FihristError } from '../domain/errors.js';

export interface ArticleRoomOptions {
  /** Characters of articles: of all that are being written at once, and of the longest that may be. Null for no limit. */
  readonly limits: { readonly mostCharacters: number; readonly longest: number } | null;
  /** Resolves when more may be begun. @throws what `signal` fires with */
  readonly begin?: (signal?: AbortSignal) => Promise<void>;
}

interface Waiting {
  readonly characters: number;
  readonly enter: () => void;
}

/**
 * Lets articles in, in the order that they come, as far as there is memory for them: an article that is embedded takes many
 * times its text. What was begun is finished.
 */
export class ArticleRoom {
  readonly #mostCharacters: number;
  readonly #longest: number;
  readonly #begin: (signal?: AbortSignal) => Promise<void>;
  readonly #waiting: Waiting[] = [];
  #taken = 0;

  constructor({ limits, begin = async () => {} }: ArticleRoomOptions) {
    this.#mostCharacters = limits?.mostCharacters ?? Number.POSITIVE_INFINITY;
    this.#longest = limits?.longest ?? Number.POSITIVE_INFINITY;
    this.#begin = begin;
  }

  /** Waits until more may be begun. @throws what `signal` fires with */
  async pause(signal?: AbortSignal): Promise<void> {
    await this.#begin(signal);
  }

  /**
   * Refuses what would not fit even alone.
   * @throws ARTICLE_INVALID (caller)
   */
  refuseTooLong({ id, text }: Pick<RawArticle, 'id' | 'text'>): void {
    if (text.length <= this.#longest) return;
    throw new FihristError(
      'ARTICLE_INVALID',
      `The text of "${id}" has ${text.length} characters, and the memory that the service may take (FIHRIST_MAX_MEMORY_MB) is enough for ${this.#longest}. Cut it into several articles, or raise the setting.`,
      {
        details: {
          field: 'text',
          limit: this.#longest,
          value: text.length,
          setting: 'FIHRIST_MAX_MEMORY_MB',
        },
      },
    );
  }

  /** Runs `work` when there is room for the article. @throws what `signal` fires with while it waits; what `work` throws */
  async run<Result>(
    { text }: Pick<RawArticle, 'text'>,
    signal: AbortSignal | undefined,
    work: () => Promise<Result>,
  ): Promise<Result> {
    // One that does not fit is refused by `work`, and takes nothing until then.
    const characters = text.length > this.#longest ? 0 : text.length;
    await this.pause(signal);
    await this.#enter(characters, signal);
    try {
      return await work();
    } finally {
      this.#taken -= characters;
      this.#letIn();
    }
  }

  async #enter(characters: number, signal: AbortSignal | undefined): Promise<void> {
    if (this.#waiting.length === 0 && this.#fits(characters)) {
      this.#taken += characters;
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const giveUp = () => {
        this.#waiting.splice(this.#waiting.indexOf(waiting), 1);
        reject(signal?.reason);
        this.#letIn();
      };
      const waiting: Waiting = {
        characters,
        enter: () => {
          signal?.removeEventListener('abort', giveUp);
          this.#taken += characters;
          resolve();
        },
      };
      this.#waiting.push(waiting);
      signal?.addEventListener('abort', giveUp, { once: true });
    });
  }

  #letIn(): void {
    for (;;) {
      const [next] = this.#waiting;
      if (next === undefined || !this.#fits(next.characters)) return;
      this.#waiting.shift();
      next.enter();
    }
  }

  #fits(characters: number): boolean {
    return this.#taken === 0 || this.#taken + characters <= this.#mostCharacters;
  }
}

/** Where nobody counts. */
export const ENDLESS_ROOM = new ArticleRoom({ limits: null });
