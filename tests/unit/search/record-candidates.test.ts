import { describe, expect, it } from 'vitest';
import type { ArticleSource } from '../../../src/corpus/article-source.js';
import { asArticleId } from '../../../src/domain/article.js';
import { NO_CENTRING } from '../../../src/embedding/centring.js';
import { FakeEmbedder } from '../../../src/embedding/fake-embedder.js';
import { ArticleLocks } from '../../../src/ingest/article-locks.js';
import { ingestArticles } from '../../../src/ingest/ingest-articles.js';
import { KeptCandidates } from '../../../src/search/kept-candidates.js';
import { KeptPassageRecords } from '../../../src/search/kept-passage-records.js';
import { rankCandidates } from '../../../src/search/rank-candidates.js';
import { recordCandidates } from '../../../src/search/record-candidates.js';
import { searchPassages } from '../../../src/search/search-passages.js';
import { SEARCH_DEFAULTS } from '../../../src/search/search-request.js';
import { TUNED_ANSWER_MODELS, TUNED_WEIGHTS } from '../../../src/search/tuned-weights.js';
import { WordTranslations } from '../../../src/search/word-translations.js';
import { openMemoryArticleStore } from '../../../src/storage/memory-article-store.js';
import { openExactVectorIndex } from '../../../src/vector-index/exact-vector-index.js';

const subjects = ['mill', 'bridge', 'harbour', 'tower', 'library', 'garden', 'market', 'school', 'theatre'];

/** Two articles on each subject that differ in one word. */
const source: ArticleSource = {
  async *articles() {
    for (const subject of subjects) {
      for (const keeper of ['Salma', 'Adam']) {
        const id = `${subject}-${keeper}`;
        const text =
          `The old ${subject} was built by hand over many years by ${keeper}. ` +
          `Visitors from nearby towns still walk to the ${subject} each spring and bring bread, olives and stories.`;
        yield { kind: 'article', article: { id: asArticleId(id), text, tags: [], origin: { file: id } } };
      }
    }
  },
};

async function archive(articles: ArticleSource) {
  const embedder = new FakeEmbedder();
  const store = openMemoryArticleStore();
  const index = openExactVectorIndex({ dimensions: embedder.dimensions });
  const parts = { embedder, store, index, centring: NO_CENTRING, locks: new ArticleLocks() };
  await ingestArticles(articles, parts, { sourceName: 'made' });
  return {
    ...parts,
    translations: new WordTranslations(''),
    keptCandidates: new KeptCandidates({ ...parts, dimensions: embedder.dimensions }),
    passageRecords: new KeptPassageRecords(store),
    weights: TUNED_WEIGHTS,
    answerModels: TUNED_ANSWER_MODELS,
  };
}

const question = 'Who built the old harbour by hand?';

describe('recordCandidates', () => {
  it('keeps all that a search ranks by: the same weights give the same hits', async () => {
    const parts = await archive(source);
    const { candidates, articleOf, queryLanguage, cosines } = await recordCandidates(parts, question);
    const weights = { ...TUNED_WEIGHTS, leader: { weight: 0.5, from: 0.5 } };
    const options = { mode: 'hybrid', queryLanguage, weights, isFirst: true, cosines } as const;
    const ranked = rankCandidates(candidates, options);
    const { hits } = await searchPassages({ ...parts, weights }, { ...SEARCH_DEFAULTS, query: question });
    expect(hits[0]?.articleId).toMatch(/^harbour/);
    expect(ranked.slice(0, hits.length).map(({ label }) => articleOf.get(label))).toEqual(
      hits.map(({ articleId }) => articleId),
    );
    for (const [rank, { score }] of hits.entries()) expect(ranked[rank]?.score).toBeCloseTo(score, 12);
  });

  it('knows cosines of passages that may be ranked first, and no others', async () => {
    const { candidates, queryLanguage, cosines } = await recordCandidates(await archive(source), question);
    const ranked = rankCandidates(candidates, {
      mode: 'hybrid',
      queryLanguage,
      weights: TUNED_WEIGHTS,
      isFirst: true,
      cosines,
    }).map(({ label }) => label);
    expect(ranked).toHaveLength(2 * subjects.length);
    const [first, last] = [ranked[0]!, ranked.at(-1)!];
    expect(cosines(first, [first, 999])).toEqual([expect.closeTo(1, 2), 0]);
    expect(cosines(first, [last])[0]).toBeGreaterThan(0);
    expect(cosines(last, ranked)).toEqual(ranked.map(() => 0));
  });

  it('has no candidates in an archive without articles', async () => {
    const recorded = await recordCandidates(await archive({ async *articles() {} }), question);
    expect(recorded).toMatchObject({ queryLanguage: 'en', candidates: [], articleOf: new Map() });
  });

  it('stops when it is told to', async () => {
    const parts = await archive(source);
    await expect(recordCandidates(parts, question, AbortSignal.abort())).rejects.toThrow(/abort/i);
  });
});
