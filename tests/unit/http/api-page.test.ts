import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { toWireArticle, toWireReadiness } from '../../../src/http/wire-format.js';
import { analyzeText } from '../../../src/search/analyze-text.js';
import { FEATURES } from '../../../src/search/ranking-weights.js';
import { toRelatedReply } from '../../../src/search/related-reply.js';
import { toSearchReply } from '../../../src/search/search-reply.js';
import { sampleArticle, sampleExplanation, sampleRelated, sampleResult } from './sample-archive.js';

const page = readFileSync(new URL('../../../docs/api.md', import.meta.url), 'utf8');
const examples = [...page.matchAll(/^```json\n(.*?)^```/gms)].map(
  (match) => JSON.parse(match[1] ?? '') as unknown,
);

interface Explained {
  readonly features: ReadonlyArray<{
    readonly name: string;
    readonly value: number;
    readonly weight: number;
    readonly share: number;
  }>;
  readonly query_tokens: unknown;
}

interface Marked {
  readonly text: string;
  readonly score: number;
  readonly best_sentence: { readonly start: number; readonly end: number };
  readonly highlights: ReadonlyArray<{ readonly start: number; readonly end: number }>;
  readonly explanation?: Explained;
}

/** Names of all fields, however deep, in the order of writing. */
function fieldsOf(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return [...new Set(value.flatMap(fieldsOf))];
  return Object.entries(value).flatMap(([name, inner]) => [name, ...fieldsOf(inner)]);
}

describe('docs/api.md', () => {
  const indexing = { articlesDone: 1, articlesTotal: 2 };
  const search = toSearchReply(sampleResult, 1);
  const hits = examples.flatMap((example) => (example as { hits?: Marked[] }).hits ?? []);
  const [hit] = sampleResult.hits;
  const group = { count: 2, others: [{ id: hit!.id, score: 0.5 }] };
  const grouped = toSearchReply({ ...sampleResult, hits: [{ ...hit!, group }] }, 1);
  const explained = toSearchReply(
    { ...sampleResult, hits: [{ ...hit!, explanation: sampleExplanation }] },
    1,
  );
  const article = toWireArticle(sampleArticle);
  const analysis = analyzeText('في «المدرسة القديمة»');
  const related = toRelatedReply(sampleRelated, 1);
  const reasons = [{ code: 'INDEXING', message: 'the articles are being indexed' }] as const;
  const readiness = toWireReadiness({ ready: false, reasons, indexing });

  test('shows replies with exactly the fields that are sent', () => {
    expect(examples.map(fieldsOf)).toEqual(
      [search, search, grouped, explained, analysis, article, related, readiness].map(fieldsOf),
    );
  });

  test('shows the analysis that is given', () => {
    expect(examples[4]).toEqual(analysis);
  });

  test('explains every field of the replies and of the request', () => {
    const request = [
      'query',
      'limit',
      'offset',
      'mode',
      'languages',
      'filters',
      'group_by',
      'diversity',
      'explain',
      'same_article',
    ];
    const replies = [grouped, explained, analysis, article, related, readiness];
    const fields = new Set([...replies.flatMap(fieldsOf), ...request]);
    expect([...fields].filter((field) => !page.includes(`| \`${field}\` |`))).toEqual([
      'start',
      'end',
      'code',
      'message',
      'articles_done',
      'articles_total',
    ]);
  });

  test('shows highlights that are words and phrases of the question', () => {
    const marked = hits.map(({ text, highlights }) =>
      highlights.map(({ start, end }) => text.slice(start, end)),
    );
    expect(marked).toEqual([[], [], ['machine'], ['elephant clock', 'elephant'], []]);
  });

  test('shows an explanation that adds up, with the words of its question', () => {
    const [{ score, explanation }] = hits.filter((one) => one.explanation !== undefined) as [Marked];
    const { features, query_tokens: tokens } = explanation!;
    for (const { value, weight, share } of features) expect(share).toBeCloseTo(value * weight, 3);
    expect(features.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(score, 3);
    const { tokens: words } = analyzeText('Who built the "elephant clock"?');
    expect(tokens).toEqual(words.map(({ text, stem, stop_word }) => ({ text, stem, stop_word })));
  });

  test('names every feature of the ranking', () => {
    expect(FEATURES.filter((name) => !page.includes(`| \`${name}\` |`))).toEqual([]);
  });

  test('shows best sentences that are whole sentences of the text', () => {
    const marked = hits.map(({ text, best_sentence }) => text.slice(best_sentence.start, best_sentence.end));
    expect(marked).toEqual([
      'Studying until dawn robs the brain of those hours.',
      'وأشهر ما فيه ساعة الفيل.',
      'His most famous machine is the elephant clock.',
      'His most famous machine is the elephant clock.',
      'وافتتحت القناة عام 1869.',
    ]);
  });

  test('shows sentences that cover the text of a passage', () => {
    const { passages } = examples[5] as ReturnType<typeof toWireArticle>;
    const { text, sentences } = passages[0]!;
    expect(sentences.map(({ start, end }) => text.slice(start, end)).join(' ')).toBe(text);
  });
});
