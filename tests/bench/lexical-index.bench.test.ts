import { statSync } from 'node:fs';
import { loadavg } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { stemWeight } from '../../src/storage/bm25.js';
import type { LexicalMatch, LexicalStatistics } from '../../src/storage/lexical-index.js';
import { scorePassage, weighStem } from '../../src/storage/score-passage.js';
import { type PassageTerms, passageTerms } from '../../src/text/passage-terms.js';
import { makeFolder, openSqlite, removeFolder, sketchArticle } from '../contract/article-store-fixtures.js';
import { type GeneratedArticle, ZipfArchive } from './zipf-archive.js';

const PASSAGES = 100_000;
const QUESTIONS = 100;
const LIMIT = 100;
const MODEL = 'model-a';

/** How long one action took: as a clock sees it, and without the time in which other programs had the processor. */
interface Cost {
  readonly clockMs: number;
  readonly processorMs: number;
}

async function measured(costs: Cost[], action: () => Promise<unknown>): Promise<void> {
  const start = performance.now();
  const before = process.cpuUsage();
  await action();
  const { user, system } = process.cpuUsage(before);
  costs.push({ clockMs: performance.now() - start, processorMs: (user + system) / 1_000 });
}

function costs(of: readonly Cost[]): string {
  const clock = summary(of.map(({ clockMs }) => clockMs));
  return `${clock}; of the processor ${summary(of.map(({ processorMs }) => processorMs))}`;
}

function summary(times: readonly number[]): string {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => (sorted[Math.floor((sorted.length - 1) * share)] ?? 0).toFixed(2);
  return `p50 ${at(0.5)} ms, p95 ${at(0.95)} ms`;
}

/** Share of the best `limit` that were found; one that scores like the last of them is as good. */
function recall(found: readonly LexicalMatch[], truth: readonly LexicalMatch[], limit: number): number {
  const best = truth.slice(0, limit);
  const bar = best.at(-1)?.score ?? 0;
  const good = found.slice(0, limit).filter(({ score }) => score >= bar - 1e-9);
  return best.length === 0 ? 1 : good.length / best.length;
}

/** Scores every passage, which takes a third of a second. */
function bestOfAll(
  all: ReadonlyArray<{ label: number; terms: PassageTerms }>,
  stems: readonly string[],
  { passages, meanLength, passagesWith }: LexicalStatistics,
): LexicalMatch[] {
  const weighted = stems.map((stem, i) => weighStem(stem, stemWeight(passagesWith[i] ?? 0, passages)));
  return all
    .map(({ label, terms }) => ({ label, score: scorePassage(terms, weighted, meanLength) }))
    .sort((a, b) => b.score - a.score || a.label - b.label)
    .slice(0, LIMIT);
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

it('prints time and recall of finding by ten words among 100,000 passages', async () => {
  const folder = makeFolder();
  const archive = new ZipfArchive(11);
  const store = await openSqlite(folder);
  const articles: GeneratedArticle[] = [];
  const all: Array<{ label: number; terms: PassageTerms }> = [];
  const storing = performance.now();
  while (all.length < PASSAGES) {
    const article = archive.article(articles.length);
    articles.push(article);
    const { added } = await store.putArticle(sketchArticle({ ...article, id: `a${articles.length}` }));
    for (const [i, { label }] of added.entries()) {
      all.push({ label, terms: passageTerms(article.texts[i] ?? '', article.title) });
    }
  }
  const storedMs = performance.now() - storing;
  const lines = [`${all.length} passages; load ${loadavg()[0]?.toFixed(1)}`];
  lines.push(`storing: ${(storedMs / all.length).toFixed(2)} ms a passage`);
  lines.push(`database: ${(statSync(path.join(folder, 'fihrist.db')).size / 1e6).toFixed(0)} MB`);

  const questions = Array.from({ length: QUESTIONS }, (_, i) =>
    archive.question(articles[(i * 97) % articles.length] as GeneratedArticle),
  );
  const query = (stems: readonly string[]) => ({ stems, phrases: [] });
  const opening = performance.now();
  await store.lexicalStatistics([], { fingerprint: MODEL });
  lines.push(`lengths and totals, once: ${(performance.now() - opening).toFixed(1)} ms`);

  const found: LexicalMatch[][] = [];
  for (const round of ['first time', 'again', 'third time']) {
    const times: Cost[] = [];
    for (const [i, stems] of questions.entries()) {
      await measured(times, async () => {
        found[i] = await store.findByWords(query(stems), { fingerprint: MODEL, limit: LIMIT });
      });
    }
    lines.push(`ten words, ${round}: ${costs(times)}`);
  }
  for (const share of [0.5, 0.05, 0.005]) {
    const labels = Uint32Array.from(
      all.map(({ label }) => label).filter((label) => (label * 7919) % 1_000 < share * 1_000),
    );
    const times: Cost[] = [];
    for (const stems of questions) {
      await measured(times, () =>
        store.findByWords(query(stems), { fingerprint: MODEL, limit: LIMIT, labels }),
      );
    }
    lines.push(`filter keeping ${share * 100} %: ${costs(times)}`);
  }

  const recalls: Record<number, number[]> = { 10: [], 100: [] };
  for (const [i, stems] of questions.entries()) {
    const truth = bestOfAll(all, stems, await store.lexicalStatistics(stems, { fingerprint: MODEL }));
    for (const limit of [10, 100]) recalls[limit]?.push(recall(found[i] ?? [], truth, limit));
  }
  for (const limit of [10, 100]) lines.push(`recall@${limit}: ${mean(recalls[limit] ?? []).toFixed(4)}`);
  await store.close();
  removeFolder(folder);
  console.log(lines.join('\n'));
  expect(mean(recalls[10] ?? [])).toBeGreaterThanOrEqual(0.98);
});
