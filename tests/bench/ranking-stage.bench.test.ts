import { loadavg } from 'node:os';
import { expect, it } from 'vitest';
import { NO_CENTRING } from '../../src/embedding/centring.js';
import { candidateFeatures } from '../../src/search/candidate-features.js';
import { KeptCandidates } from '../../src/search/kept-candidates.js';
import { passageCosines } from '../../src/search/passage-cosines.js';
import { prepareQuery } from '../../src/search/prepare-query.js';
import { readQueryText, weighQueryTerms } from '../../src/search/query-terms.js';
import { rankCandidates } from '../../src/search/rank-candidates.js';
import { TUNED_WEIGHTS } from '../../src/search/tuned-weights.js';
import { readWordTranslations } from '../../src/search/word-translations.js';
import { wordsAcross } from '../../src/search/words-across.js';
import { makeFolder, openSqlite, removeFolder, sketchArticle } from '../contract/article-store-fixtures.js';
import { seededRandom } from '../contract/vector-index-fixtures.js';
import { type GeneratedArticle, ZipfArchive } from './zipf-archive.js';

const PASSAGES = 100_000;
const CANDIDATES = 200;
/** With all that is read for them, no more than is kept: else what was seen before would be read again. */
const QUESTIONS = 50;
const WARMING_ROUNDS = 5;
const DIMENSIONS = 384;
const MODEL = 'model-a';
const WORDS_A_SENTENCE = 20;

function percentile(times: readonly number[], share: number): number {
  return times.toSorted((a, b) => a - b)[Math.floor((times.length - 1) * share)] ?? 0;
}

/** Full stops after every twenty words. */
function withSentences(text: string): string {
  return text
    .split(' ')
    .map((word, i) => ((i + 1) % WORDS_A_SENTENCE === 0 ? `${word}.` : word))
    .join(' ');
}

it('prints the time of ranking 200 of 100,000 passages', async () => {
  const folder = makeFolder();
  const archive = new ZipfArchive(11);
  const store = await openSqlite(folder);
  const articles: GeneratedArticle[] = [];
  const labels: number[] = [];
  while (labels.length < PASSAGES) {
    const article = archive.article(articles.length);
    articles.push(article);
    const sketch = {
      ...article,
      texts: article.texts.map(withSentences),
      id: `a${articles.length}`,
      dimensions: DIMENSIONS,
    };
    const { added } = await store.putArticle(sketchArticle(sketch));
    labels.push(...added.map(({ label }) => label));
  }
  const translations = await readWordTranslations('models/word-translations/ar-en.tsv');
  const kept = new KeptCandidates({ store, centring: NO_CENTRING, dimensions: DIMENSIONS });
  const generation = await store.generation();
  const random = seededRandom(5);
  const asked = Array.from({ length: QUESTIONS }, (_, i) => {
    const chosen = Array.from(
      { length: CANDIDATES },
      () => labels[Math.floor(random() * labels.length)] ?? 0,
    );
    const text = readQueryText(
      archive.question(articles[(i * 97) % articles.length] as GeneratedArticle).join(' '),
    );
    const vector = Float32Array.from({ length: DIMENSIONS }, () => random() - 0.5);
    return {
      text,
      vector,
      found: [...new Set(chosen)].map((label) => ({ label, foundBy: ['dense' as const], wordRank: -1 })),
    };
  });
  const lines = [`${labels.length} passages, ${CANDIDATES} candidates; load ${loadavg()[0]?.toFixed(1)}`];
  const medians: number[] = [];
  const rounds = [
    'never seen before (read from the database)',
    'seen before',
    // The compiler of the program has had its time by then, as in a service that has answered some hundred questions.
    ...Array.from({ length: WARMING_ROUNDS }, () => null),
    `seen before, after ${(2 + WARMING_ROUNDS) * QUESTIONS} questions`,
  ];
  for (const round of rounds) {
    const times: number[] = [];
    for (const { text, vector, found } of asked) {
      const terms = weighQueryTerms(text, await store.lexicalStatistics(text.stems, { fingerprint: MODEL }));
      const start = performance.now();
      const query = {
        language: 'en',
        prepared: prepareQuery(vector, NO_CENTRING),
        terms,
        wordsAcross: wordsAcross(text, translations),
        holding: null,
      } as const;
      await kept.rankBy(
        found.map(({ label }) => label),
        generation,
        (data) =>
          rankCandidates(candidateFeatures(query, found, data), {
            mode: 'hybrid',
            queryLanguage: 'en',
            weights: TUNED_WEIGHTS,
            isFirst: true,
            cosines: passageCosines(data, NO_CENTRING),
          }),
      );
      times.push(performance.now() - start);
    }
    if (round === null) continue;
    medians.push(percentile(times, 0.5));
    lines.push(
      `${round}: p50 ${percentile(times, 0.5).toFixed(2)} ms, p95 ${percentile(times, 0.95).toFixed(2)} ms`,
    );
  }
  await store.close();
  removeFolder(folder);
  console.log(lines.join('\n'));
  expect(medians.every((median) => median > 0)).toBe(true);
});
