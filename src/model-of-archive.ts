import { FihristError } from './domain/errors.js';
import type { ArticleStoreReader } from './storage/article-store.js';

/**
 * A reader cannot embed again: without this it would find nothing, and not say why.
 * @throws MODEL_CHANGED (operator)
 */
export async function refuseOtherModel(store: ArticleStoreReader, fingerprint: string): Promise<void> {
  const other = await modelOfOthers(store, fingerprint);
  if (other === null) return;
  throw new FihristError(
    'MODEL_CHANGED',
    `The archive was embedded by ${other}, not by ${fingerprint}; start the service once to embed it again.`,
    { details: { archive: other, model: fingerprint } },
  );
}

/** The fingerprint of a model other than this that articles are embedded by, or null when there is none. */
export async function modelOfOthers(store: ArticleStoreReader, fingerprint: string): Promise<string | null> {
  const [first] = await store.articleStates({ otherThan: fingerprint });
  return first?.fingerprint ?? null;
}
