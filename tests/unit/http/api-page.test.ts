import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { toWireArticle, toWireReadiness } from '../../../src/http/wire-format.js';
import { toSearchReply } from '../../../src/search/search-reply.js';
import { sampleArticle, sampleResult } from './sample-archive.js';

const page = readFileSync(new URL('../../../docs/api.md', import.meta.url), 'utf8');
const examples = [...page.matchAll(/^```json\n(.*?)^```/gms)].map(
  (match) => JSON.parse(match[1] ?? '') as unknown,
);

interface Marked {
  readonly text: string;
  readonly best_sentence: { readonly start: number; readonly end: number };
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
  const article = toWireArticle(sampleArticle);
  const readiness = toWireReadiness({ ready: false, reasons: [], indexing });

  test('shows replies with exactly the fields that are sent', () => {
    expect(examples.map(fieldsOf)).toEqual([search, search, article, readiness].map(fieldsOf));
  });

  test('explains every field of the replies and of the request', () => {
    const request = ['query', 'limit', 'offset', 'mode', 'languages'];
    const fields = new Set([...[search, article, readiness].flatMap(fieldsOf), ...request]);
    expect([...fields].filter((field) => !page.includes(`| \`${field}\` |`))).toEqual([
      'start',
      'end',
      'articles_done',
      'articles_total',
    ]);
  });

  test('shows best sentences that are whole sentences of the text', () => {
    const hits = examples.flatMap((example) => (example as { hits?: Marked[] }).hits ?? []);
    const marked = hits.map(({ text, best_sentence }) => text.slice(best_sentence.start, best_sentence.end));
    expect(marked).toEqual([
      'Studying until dawn robs the brain of those hours.',
      'وأشهر ما فيه ساعة الفيل.',
    ]);
  });

  test('shows sentences that cover the text of a passage', () => {
    const { passages } = examples[2] as ReturnType<typeof toWireArticle>;
    const { text, sentences } = passages[0]!;
    expect(sentences.map(({ start, end }) => text.slice(start, end)).join(' ')).toBe(text);
  });
});
