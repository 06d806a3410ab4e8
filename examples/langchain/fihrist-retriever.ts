import { Document } from '@langchain/core/documents';
import { BaseRetriever, type BaseRetrieverInput } from '@langchain/core/retrievers';

export interface FihristRetrieverInput extends BaseRetrieverInput {
  /** Where the service is, such as `http://localhost:3000`. */
  readonly url: string;
  /** When the service asks for keys. */
  readonly apiKey?: string;
  /** Passages wanted. Default: 5. */
  readonly limit?: number;
  /** Languages of the passages, whatever language the question is in. Default: both. */
  readonly languages?: ReadonlyArray<'ar' | 'en'>;
  /** As in the `filters` of `POST /v1/search`. */
  readonly filters?: object;
}

/** What is known of a passage besides its text. */
export interface FihristMetadata {
  article_id: string;
  title: string;
  /** Null when the article has no address. */
  url: string | null;
  language: 'ar' | 'en';
  score: number;
  /** The sentence of the passage that answers. */
  best_sentence: string;
  published_at: string | null;
}

interface Hit extends Omit<FihristMetadata, 'best_sentence'> {
  readonly id: string;
  readonly text: string;
  readonly best_sentence: { readonly start: number; readonly end: number };
}

/** Finds passages of a Fihrist archive, to be used wherever LangChain takes a retriever. */
export class FihristRetriever extends BaseRetriever<FihristMetadata> {
  override lc_namespace = ['fihrist', 'retrievers'];
  readonly #input: FihristRetrieverInput;

  constructor(input: FihristRetrieverInput) {
    super(input);
    this.#input = input;
  }

  override async _getRelevantDocuments(query: string): Promise<Array<Document<FihristMetadata>>> {
    const { url, apiKey, limit = 5, languages, filters } = this.#input;
    const response = await fetch(`${url}/v1/search`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }),
      },
      body: JSON.stringify({ query, limit, languages, filters }),
    });
    const reply = (await response.json()) as { hits: readonly Hit[]; error?: { message: string } };
    if (reply.error !== undefined) throw new Error(reply.error.message);
    return reply.hits.map(toDocument);
  }
}

function toDocument({ id, text, best_sentence: { start, end }, ...hit }: Hit): Document<FihristMetadata> {
  const { article_id, title, url, language, score, published_at } = hit;
  return new Document({
    id,
    pageContent: text,
    metadata: {
      article_id,
      title,
      url,
      language,
      score,
      best_sentence: text.slice(start, end),
      published_at,
    },
  });
}
