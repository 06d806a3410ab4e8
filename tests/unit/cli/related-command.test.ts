import { describe, expect, it } from 'vitest';
import { asPassageId } from '../../../src/domain/passage.js';
import type { RelatedResult } from '../../../src/search/find-related-passages.js';
import { passageNotFound, type RelatedRequest } from '../../../src/search/related-request.js';
import { archiveWith, runCaptured } from './run-captured.js';
import { sampleResult } from './sample-results.js';

const sampleRelated: RelatedResult = {
  passageId: asPassageId('old/canal:1111111111'),
  hits: sampleResult.hits.map((hit, position) => ({ ...hit, sameStory: position === 0 })),
  indexGeneration: 7,
  modelFingerprint: 'fake-model:1',
};

function relating(result: RelatedResult = sampleRelated) {
  const requests: RelatedRequest[] = [];
  const events: string[] = [];
  const services = {
    openArchive: async (access: string) => {
      events.push(`open to ${access}`);
      return archiveWith({
        related: async (request) => {
          requests.push(request);
          if (request.passageId === 'unknown') throw passageNotFound(request.passageId);
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

describe('fihrist related', () => {
  it('asks for ten passages of other articles in every language unless told otherwise', async () => {
    const { services, requests, events } = relating();
    await runCaptured(['related', 'a/b c:1'], services);
    expect(requests).toEqual([{ passageId: 'a/b c:1', limit: 10, sameArticle: false }]);
    expect(events).toEqual(['open to read', 'close']);
  });

  it('passes limit, languages and the own article on', async () => {
    const { services, requests } = relating();
    const options = ['--limit', '3', '--language', 'en', '--language', 'en', '--same-article'];
    await runCaptured(['related', ...options, '--', '-a:1'], services);
    expect(requests).toEqual([{ passageId: '-a:1', limit: 3, languages: ['en'], sameArticle: true }]);
  });

  it('prints with --json the reply of the HTTP interface on one line', async () => {
    const { stdout, exitCode } = await runCaptured(['related', 'a:1', '--json'], relating().services);
    expect(exitCode).toBe(0);
    expect(stdout.indexOf('\n')).toBe(stdout.length - 1);
    const reply = JSON.parse(stdout);
    expect(reply).toEqual({
      passage_id: 'old/canal:1111111111',
      hits: expect.any(Array),
      took_ms: expect.any(Number),
      index_generation: 7,
      model_fingerprint: 'fake-model:1',
    });
    expect(reply.hits[0]).toMatchObject({ id: 'canal-ar:0123456789', dir: 'rtl', same_story: true });
    expect(reply.hits[1]).toMatchObject({ id: 'canal-en:9876543210', same_story: false });
  });

  it('shows people the passages like the hits of a search, and which tell the same story', async () => {
    const { stdout } = await runCaptured(['related', 'a:1'], relating().services);
    expect(stdout.split('\n')).toEqual([
      '1. \u2067قناة السويس\u2069 (ar, score 0.750, 2024-03-01, same story)',
      '   \u2067بدأ الحفر عام 1859. **افتتحت القناة عام 1869.**\u2069',
      '   https://archive.example/canal',
      '',
      '2. The canal (en, score 0.500)',
      '   Digging began in 1859.',
      '',
      '   **It was opened in 1869.**',
      '   canal-en',
      '',
      expect.stringMatching(/^2 related passages, \d+ ms$/),
      '',
    ]);
  });

  it('says so when there is no other passage', async () => {
    const { stdout, exitCode } = await runCaptured(
      ['related', 'a:1'],
      relating({ ...sampleRelated, hits: [] }).services,
    );
    expect({ stdout, exitCode }).toEqual({
      stdout: 'There is no other passage to relate this one to.\n',
      exitCode: 0,
    });
  });

  it('says which passage there is not, and closes the archive', async () => {
    const { services, events } = relating();
    const { exitCode, stderr } = await runCaptured(['related', 'unknown'], services);
    expect({ exitCode, stderr }).toEqual({
      exitCode: 1,
      stderr: 'fihrist: No passage has the id "unknown". (PASSAGE_NOT_FOUND)\n',
    });
    expect(events).toEqual(['open to read', 'close']);
  });

  it.each([
    [['--limit', '0'], { field: 'limit', limit: 1, value: '0' }],
    [['--limit', 'all'], { field: 'limit', limit: 100, value: 'all' }],
    [['--language', 'fr'], { field: 'language', value: 'fr' }],
  ])('refuses %j, naming field, limit and value', async (options, details) => {
    const { services, events } = relating();
    const { exitCode, stdout } = await runCaptured(['related', 'a:1', '--json', ...options], services);
    expect(exitCode).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'INVALID_REQUEST', details } });
    expect(events).toEqual([]);
  });
});
