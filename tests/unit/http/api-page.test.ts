import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Route } from '../../../src/http/route.js';
import { analyzeText } from '../../../src/search/analyze-text.js';
import { FEATURES } from '../../../src/search/ranking-weights.js';
import type { SearchReply } from '../../../src/search/search-reply.js';
import { splitSentences } from '../../../src/text/split-sentences.js';
import { document, operations, routes, type SchemaNode } from './openapi-document.js';
import { type CurlRequest, readCurl } from './read-curl.js';

const read = (name: string) => readFileSync(new URL(`../../../docs/${name}`, import.meta.url), 'utf8');
const page = read('api.md');
/** The contracts of other software are described on a page of their own. */
const interfacesPage = read('interfaces.md');

/** What is written for a terminal, with the reply that stands below, if there is one. */
const shown = [...page.matchAll(/^```sh\n(.*?)^```\n(?:[^#`]*?^```json\n(.*?)^```)?/gms)].map((match) => ({
  request: readCurl(match[1] ?? ''),
  reply: match[2] === undefined ? undefined : (JSON.parse(match[2]) as unknown),
}));

/** The requests of a route's examples as they are asked for in a terminal. */
const declared = routes.flatMap((route) =>
  Object.values(route.examples).map((example) => ({
    request: toCurlRequest(route, example),
    reply: example.reply,
  })),
);

function toCurlRequest({ method, path }: Route, example: Route['examples'][string]): CurlRequest {
  const filledIn = path.replace(/\{(\w+)\}/g, (_, name: string) => example.path?.[name] ?? '');
  const search = Object.entries(example.query ?? {}).map(([name, value]) => `${name}=${String(value)}`);
  return {
    method: method.toUpperCase(),
    target: `${filledIn}${search.length === 0 ? '' : `?${search.join('&')}`}`,
    body: example.body,
  };
}

/** Names of the fields of a schema, however deep; a field whose value has a name of its own is not looked into twice. */
function fieldsOf(node: unknown): string[] {
  if (typeof node !== 'object' || node === null) return [];
  const { properties } = node as SchemaNode;
  const own = typeof properties === 'object' && 'type' in node ? Object.keys(properties) : [];
  return [...own, ...Object.values(node).flatMap(fieldsOf)];
}

const hits = shown.flatMap(({ reply }) => (reply as Partial<SearchReply> | undefined)?.hits ?? []);
const sliced = (text: string, { start, end }: { start: number; end: number }) => text.slice(start, end);

describe('docs/api.md', () => {
  test('lists every route, and no other', () => {
    const rows = [...page.matchAll(/^\| \[?`([A-Z]+ \/[^`]*)`/gm)].map((match) => match[1]);
    expect(rows.sort()).toEqual(routes.map(({ method, path }) => `${method.toUpperCase()} ${path}`).sort());
  });

  test.each(shown.map((one) => [`${one.request.method} ${one.request.target}`, one] as const))(
    'shows %s as the OpenAPI document does, with the same reply',
    (_name, { request, reply }) => {
      const same = declared.filter((one) => JSON.stringify(one.request) === JSON.stringify(request));
      expect(same.length, `no route has this example: ${JSON.stringify(request)}`).toBeGreaterThan(0);
      if (reply !== undefined) expect(same.map((one) => one.reply)).toContainEqual(reply);
    },
  );

  test('has a row for every field of requests and replies', () => {
    const { Error: _explainedInErrors, ...schemas } = document.components.schemas;
    const parameters = operations.flatMap((operation) => operation.parameters ?? []);
    const fields = new Set([...fieldsOf(schemas), ...parameters.map(({ name }) => name)]);
    const rows = [...`${page}\n${interfacesPage}`.matchAll(/^\| ([^|]+) \|/gm)].map(
      (match) => match[1] ?? '',
    );
    const names = new Set(rows.flatMap((cell) => [...cell.matchAll(/`(\w+)`/g)].map((match) => match[1])));
    expect([...fields].filter((field) => !names.has(field))).toEqual([]);
  });

  test('names every feature of the ranking', () => {
    expect(FEATURES.filter((name) => !page.includes(`| \`${name}\` |`))).toEqual([]);
  });

  test('shows best sentences that are whole sentences of the text', () => {
    expect(hits.length).toBeGreaterThan(3);
    for (const { text, best_sentence } of hits) {
      const sentences = splitSentences(text).map((span) => sliced(text, span));
      expect(sentences).toContain(sliced(text, best_sentence));
    }
  });

  test('shows highlights that are words of the question', () => {
    const marked = hits.flatMap(({ text, highlights }) => highlights.map((span) => sliced(text, span)));
    expect(marked).toEqual(['opened']);
  });

  test('shows an explanation that adds up, with the words of its question', () => {
    const explained = hits.flatMap(({ score, explanation }) =>
      explanation === undefined ? [] : [{ score, ...explanation }],
    );
    expect(explained).toHaveLength(1);
    const [{ score, features, query_tokens }] = explained as [(typeof explained)[number]];
    for (const { value, weight, share } of features) expect(share).toBeCloseTo(value * weight, 3);
    expect(features.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(score, 3);
    const { tokens } = analyzeText('When did the "Suez Canal" open?');
    expect(query_tokens).toEqual(tokens.map(({ text, stem, stop_word }) => ({ text, stem, stop_word })));
  });

  test('shows the analysis that is given', () => {
    const { request, reply } = shown.find((one) => one.request.target === '/v1/analyze')!;
    expect(reply).toEqual(analyzeText((request.body as { text: string }).text));
  });
});
