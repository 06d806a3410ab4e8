import { describe, expect, it } from 'vitest';
import { asArticleId } from '../../../src/domain/article.js';
import type { ArticleState, StoredArticle } from '../../../src/storage/article-store.js';
import { isDamagedArticle, wholeArticle } from '../../../src/storage/damaged-article.js';

const ID = asArticleId('a');
const ARTICLE = { id: ID } as StoredArticle;

function storeWith(found: { article: StoredArticle | null; isWhole: boolean; isThere: boolean }) {
  return {
    article: async () => found.article,
    isArticleWhole: async () => found.isWhole,
    articleState: async () => (found.isThere ? ({ id: ID } as ArticleState) : null),
  };
}

describe('wholeArticle', () => {
  it('is the article as it is stored', async () => {
    const store = storeWith({ article: ARTICLE, isWhole: true, isThere: true });
    expect(await wholeArticle(store, ID)).toBe(ARTICLE);
  });

  it('is null when there is none, and when it was deleted while it was read', async () => {
    expect(await wholeArticle(storeWith({ article: null, isWhole: false, isThere: false }), ID)).toBeNull();
    expect(
      await wholeArticle(storeWith({ article: ARTICLE, isWhole: false, isThere: false }), ID),
    ).toBeNull();
  });

  it('refuses an article that is damaged, and says what to do', async () => {
    const refusal = await wholeArticle(
      storeWith({ article: ARTICLE, isWhole: false, isThere: true }),
      ID,
    ).catch((error: unknown) => error);
    expect(refusal).toMatchObject({
      code: 'STORE_UNUSABLE',
      message: expect.stringMatching(/"a" is damaged.*send it again/),
    });
    expect(isDamagedArticle(refusal)).toBe(true);
    expect(isDamagedArticle(new Error('other'))).toBe(false);
  });
});
