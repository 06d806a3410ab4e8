import { FihristError } from '../domain/errors.js';
import type { Language } from '../domain/language.js';
import type { PassageId } from '../domain/passage.js';
import type { SearchFilter } from '../domain/search-filter.js';

/** What every front door asks for passages that are about the same as one that is known. */
export interface RelatedRequest {
  readonly passageId: PassageId;
  /** Hits wanted; bounds and default are those of a search. */
  readonly limit: number;
  /** Languages of the passages that may be found. Unset: all. Never empty. */
  readonly languages?: readonly Language[];
  /** What articles must be, that of the passage itself among them: else there is no such passage. Unset: anything. */
  readonly filters?: SearchFilter;
  /** Whether passages of the same article may be found, too. */
  readonly sameArticle: boolean;
}

const SHOWN_CHARACTERS = 100;

/** @returns PASSAGE_NOT_FOUND (caller), to be thrown */
export function passageNotFound(id: PassageId): FihristError {
  const shown = id.length > SHOWN_CHARACTERS ? `${id.slice(0, SHOWN_CHARACTERS)}…` : id;
  return new FihristError('PASSAGE_NOT_FOUND', `No passage has the id ${JSON.stringify(shown)}.`, {
    details: { id: shown },
  });
}
