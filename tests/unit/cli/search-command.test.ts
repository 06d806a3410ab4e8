import { describe, expect, it } from 'vitest';
import type { SearchResult } from '../../../src/search/search-passages.js';
import { SEARCH_DEFAULTS, type SearchRequest } from '../../../src/search/search-request.js';
import { archiveWith, runCaptured } from './run-captured.js';
import { sampleResult } from './sample-results.js';

function searching(result: SearchResult = sampleResult) {
  const requests: SearchRequest[] = [];
  const events: string[] = [];
  const services = {
    openArchive: async (access: string) => {
      events.push(`open to ${access}`);
      return archiveWith({
        search: async (request) => {
          requests.push(request);
          return result;
        },
        close: async () => {
          events.push('close');
        },
      });
    },
  };
  return { services, requests, events };
}

describe('fihrist search', () => {
  it('asks for ten hits in every language unless told otherwise', async () => {
    const { services, requests } = searching();
    await runCaptured(['search', 'متى افتتحت القناة؟'], services);
    expect(requests).toEqual([{ ...SEARCH_DEFAULTS, query: 'متى افتتحت القناة؟', limit: 10, offset: 0 }]);
  });

  it('passes limit, offset and languages on, each language once', async () => {
    const { services, requests } = searching();
    const options = [
      '--limit',
      '3',
      '--offset',
      '20',
      '--language',
      'en',
      '--language',
      'ar',
      '--language',
      'en',
    ];
    await runCaptured(['search', ...options, 'canal'], services);
    expect(requests).toEqual([
      { ...SEARCH_DEFAULTS, query: 'canal', limit: 3, offset: 20, languages: ['en', 'ar'] },
    ]);
  });

  it('passes mode, grouping, diversity and explanation on', async () => {
    const { services, requests } = searching();
    const options = ['--mode', 'keyword', '--group-by-article', '--diversity', '.5', '--explain'];
    await runCaptured(['search', 'canal', ...options], services);
    expect(requests).toEqual([
      {
        query: 'canal',
        limit: 10,
        offset: 0,
        mode: 'keyword',
        groupBy: 'article',
        diversity: 0.5,
        explain: true,
      },
    ]);
  });

  it.each([
    [['tags=science'], { type: 'in', key: 'tags', values: ['science'] }],
    [['tags = a = b, c '], { type: 'in', key: 'tags', values: ['a = b, c '] }],
    [['source!=corpus'], { type: 'nin', key: 'source', values: ['corpus'] }],
    [
      ['{"type": "in", "key": "article_id", "value": ["a", "b"]}'],
      { type: 'in', key: 'articleId', values: ['a', 'b'] },
    ],
    [
      ['published_at>=2024-01-01', 'tags=نوم'],
      {
        type: 'and',
        filters: [
          { type: 'in', key: 'publishedAt', periods: [{ startMs: Date.UTC(2024, 0, 1), endMs: 8.64e15 }] },
          { type: 'in', key: 'tags', values: ['نوم'] },
        ],
      },
    ],
  ])('reads the filters %j', async (typed, filters) => {
    const { services, requests } = searching();
    const options = typed.flatMap((text) => ['--filter', text]);
    const { stderr } = await runCaptured(['search', 'canal', ...options], services);
    expect(stderr).toBe('');
    expect(requests[0]?.filters).toEqual(filters);
  });

  it.each([
    ['<', [{ startMs: -8.64e15, endMs: Date.UTC(2024, 1, 1) }]],
    ['<=', [{ startMs: -8.64e15, endMs: Date.UTC(2024, 1, 2) }]],
    ['>', [{ startMs: Date.UTC(2024, 1, 2), endMs: 8.64e15 }]],
    ['>=', [{ startMs: Date.UTC(2024, 1, 1), endMs: 8.64e15 }]],
    ['=', [{ startMs: Date.UTC(2024, 1, 1), endMs: Date.UTC(2024, 1, 2) }]],
  ])('knows %s in the short form of a filter', async (operator, periods) => {
    const { services, requests } = searching();
    await runCaptured(['search', 'canal', '--filter', `published_at${operator}2024-02-01`], services);
    expect(requests[0]?.filters).toEqual({ type: 'in', key: 'publishedAt', periods });
  });

  it('says under a hit how many more passages its article has', async () => {
    const [first, second] = sampleResult.hits;
    const other = { id: second!.id, score: 0.4 };
    const hits = [
      { ...first!, group: { count: 3, others: [other] } },
      { ...second!, group: { count: 1, others: [] } },
    ];
    const { services } = searching({ ...sampleResult, hits });
    const { stdout } = await runCaptured(['search', 'canal', '--group-by-article'], services);
    expect(stdout).toContain('   https://archive.example/canal (and 2 more passages)\n');
    expect(stdout).toContain('   canal-en\n');
    const { stdout: json } = await runCaptured(['search', 'canal', '--json'], services);
    const reply = JSON.parse(json) as { hits: Array<{ group: unknown }> };
    expect(reply.hits.map(({ group }) => group)).toEqual([
      { count: 3, others: [{ id: 'canal-en:9876543210', score: 0.4 }] },
      { count: 1, others: [] },
    ]);
  });

  it('takes words that were not quoted as one question, and what follows -- as it is', async () => {
    const { services, requests } = searching();
    await runCaptured(['search', 'when', 'was', 'it', 'opened?'], services);
    await runCaptured(['search', '--', '--json in articles'], services);
    expect(requests.map((request) => request.query)).toEqual(['when was it opened?', '--json in articles']);
  });

  it('opens the archive for reading and closes it', async () => {
    const { services, events } = searching();
    await runCaptured(['search', 'canal'], services);
    expect(events).toEqual(['open to read', 'close']);
  });

  it('prints with --json the reply of the HTTP interface on one line', async () => {
    const { stdout, exitCode, stderr } = await runCaptured(
      ['search', 'canal', '--json'],
      searching().services,
    );
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout.indexOf('\n')).toBe(stdout.length - 1);
    const reply = JSON.parse(stdout) as Record<string, unknown>;
    expect(reply).toEqual({
      hits: expect.any(Array),
      total: 1_234,
      query_language: 'ar',
      answerable: true,
      answer_probability: 0.8125,
      took_ms: expect.any(Number),
      index_generation: 7,
      model_fingerprint: 'fake-model:1',
    });
    expect((reply.hits as unknown[])[0]).toEqual({
      id: 'canal-ar:0123456789',
      article_id: 'canal-ar',
      title: 'قناة السويس',
      url: 'https://archive.example/canal',
      language: 'ar',
      dir: 'rtl',
      text: 'بدأ الحفر عام 1859. افتتحت القناة عام 1869.',
      score: 0.75,
      best_sentence: { start: 20, end: 43 },
      highlights: [{ start: 27, end: 33 }],
      published_at: '2024-03-01',
    });
  });

  it('shows people each hit with the best sentence between asterisks, Arabic in isolates', async () => {
    const { stdout } = await runCaptured(['search', 'canal'], searching().services);
    expect(stdout.split('\n')).toEqual([
      '1. \u2067قناة السويس\u2069 (ar, score 0.750, 2024-03-01)',
      '   \u2067بدأ الحفر عام 1859. **افتتحت القناة عام 1869.**\u2069',
      '   https://archive.example/canal',
      '',
      '2. The canal (en, score 0.500)',
      '   Digging began in 1859.',
      '',
      '   **It was opened in 1869.**',
      '   canal-en',
      '',
      expect.stringMatching(/^2 of 1,234 passages, \d+ ms$/),
      '',
    ]);
  });

  it('marks the best sentence in bold on a terminal', async () => {
    const { stdout } = await runCaptured(['search', 'canal'], searching().services, { isTTY: true });
    expect(stdout).toContain('\u001b[1mIt was opened in 1869.\u001b[22m');
    expect(stdout).not.toContain('**');
  });

  it('writes no escape sequence on a terminal when colours are not wanted', async () => {
    const terminal = { isTTY: true, noColour: true };
    const { stdout } = await runCaptured(['search', 'canal'], searching().services, terminal);
    expect(stdout).not.toContain('\u001b');
    expect(stdout).toContain('**It was opened in 1869.**');
  });

  it('numbers the hits of a later page by their rank', async () => {
    const { stdout } = await runCaptured(['search', 'canal', '--offset', '10'], searching().services);
    expect(stdout).toMatch(/^11\. /);
    expect(stdout).toContain('\n12. ');
  });

  it('says so when nothing is found', async () => {
    const { stdout, exitCode } = await runCaptured(
      ['search', 'x1'],
      searching({ ...sampleResult, hits: [] }).services,
    );
    expect(stdout).toMatch(/^Nothing found\./);
    expect(exitCode).toBe(0);
  });

  it('says so when the filters leave nothing to search', async () => {
    const empty = { ...sampleResult, hits: [], total: 0 };
    const options = ['--filter', 'tags=none'];
    const { stdout } = await runCaptured(['search', 'canal', ...options], searching(empty).services);
    expect(stdout).toBe('Nothing found: the languages and filters admit no passage.\n');
  });

  it('says so when there is nothing to search', async () => {
    const empty = { ...sampleResult, hits: [], total: 0 };
    const { stdout } = await runCaptured(['search', 'canal'], searching(empty).services);
    expect(stdout).toContain('there is no passage to search');
  });

  it.each([
    [['--limit', '0'], { field: 'limit', limit: 1, value: '0' }],
    [['--limit', '101'], { field: 'limit', limit: 100, value: '101' }],
    [['--limit', '2.5'], { field: 'limit', limit: 100, value: '2.5' }],
    [['--offset', '-1'], { field: 'offset', limit: 0, value: '-1' }],
    [['--limit', '100', '--offset', '901'], { field: 'offset', limit: 1_000, value: 1_001 }],
    [['--language', 'fr'], { field: 'language', value: 'fr' }],
    [['--mode', 'sparse'], { field: 'mode', allowed: 'hybrid, dense or keyword', value: 'sparse' }],
    [['--diversity', '1.1'], { field: 'diversity', allowed: 'a number from 0 to 1', value: '1.1' }],
    [['--diversity', 'much'], { field: 'diversity', value: 'much' }],
    [['--diversity', ''], { field: 'diversity', value: '' }],
    [['--filter', 'science'], { field: 'filter', value: 'science' }],
    [['--filter', '{"type": "eq"'], { field: 'filter', value: '{"type": "eq"' }],
    [['--filter', 'author=x'], { field: 'filter.key', value: 'author' }],
    [['--filter', 'tags>x'], { field: 'filter.type', value: 'gt' }],
    [
      ['--filter', 'tags=x', '--filter', 'published_at=now'],
      { field: 'filter.filters[1].value', value: 'now' },
    ],
  ])('refuses %j, naming field, limit and value', async (options, details) => {
    const { services, events } = searching();
    const { exitCode, stdout } = await runCaptured(['search', 'canal', '--json', ...options], services);
    expect(exitCode).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'INVALID_REQUEST', details } });
    expect(events).toEqual([]);
  });

  it.each([
    ['', 'QUERY_EMPTY'],
    ['؟!', 'QUERY_EMPTY'],
    ['x'.repeat(10_001), 'QUERY_TOO_LONG'],
  ])('refuses a query that cannot be searched for before the archive is opened', async (query, code) => {
    const { services, events } = searching();
    const { exitCode, stderr } = await runCaptured(['search', query], services);
    expect(exitCode).toBe(1);
    expect(stderr).toContain(`(${code})`);
    expect(events).toEqual([]);
  });
});
