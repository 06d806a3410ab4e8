import { describe, expect, test } from 'vitest';
import { FihristError } from '../../../src/domain/errors.js';
import { toWireArticle, toWireError, toWireReadiness } from '../../../src/http/wire-format.js';
import { toSearchReply } from '../../../src/search/search-reply.js';
import { sampleArticle, sampleResult } from './sample-archive.js';

describe('the wire format', () => {
  test('of a search has exactly the documented fields', () => {
    const reply = toSearchReply(sampleResult, 12.345);
    expect(reply).toEqual({
      hits: [
        {
          id: 'ar/sleep:0123456789',
          article_id: 'ar/sleep',
          title: 'النوم والذاكرة',
          url: 'https://archive.example/ar/sleep',
          language: 'ar',
          dir: 'rtl',
          text: 'النوم يثبّت الذاكرة. من يسهر قبل الامتحان ينسى ما حفظه.',
          score: 0.75,
          best_sentence: sampleResult.hits[0]!.bestSentence,
          highlights: [{ start: 0, end: 5 }],
          published_at: '2024-03-01',
        },
        expect.objectContaining({ dir: 'ltr', url: null, published_at: null }),
      ],
      total: 42,
      query_language: 'ar',
      answerable: true,
      answer_probability: 0.8125,
      took_ms: 12.3,
      index_generation: 7,
      model_fingerprint: 'fake-model:1',
    });
  });

  test('gives a best sentence that is a slice of the untouched text', () => {
    const hit = toSearchReply(sampleResult, 1).hits[0]!;
    expect(hit.text.slice(hit.best_sentence.start, hit.best_sentence.end)).toBe(
      'من يسهر قبل الامتحان ينسى ما حفظه.',
    );
  });

  test('of a search says null where whether there is an answer was not judged', () => {
    expect(toSearchReply({ ...sampleResult, answerability: null }, 1)).toMatchObject({
      answerable: null,
      answer_probability: null,
    });
  });

  test('of an explanation names features, and words as they are compared', () => {
    const explanation = {
      foundBy: ['dense', 'keyword'] as const,
      parts: [{ feature: 'expected_words', value: 0.5, weight: 0.25, share: 0.125 }],
      queryTokens: [{ text: 'كِتابًا', stem: 'كتاب', stopWord: false }],
    };
    const hits = [{ ...sampleResult.hits[0]!, explanation }];
    expect(toSearchReply({ ...sampleResult, hits }, 1).hits[0]?.explanation).toEqual({
      found_by: ['dense', 'keyword'],
      features: [{ name: 'expected_words', value: 0.5, weight: 0.25, share: 0.125 }],
      query_tokens: [{ text: 'كِتابًا', stem: 'كتاب', stop_word: false }],
    });
  });

  test('of a search has neither explanation nor group unless they were asked for', () => {
    for (const hit of toSearchReply(sampleResult, 1).hits) {
      expect(hit).not.toHaveProperty('explanation');
      expect(hit).not.toHaveProperty('group');
    }
  });

  test('of an article has exactly the documented fields, and none of where it lay or what was dropped', () => {
    const reply = toWireArticle(sampleArticle);
    expect(Object.keys(reply)).toEqual([
      'id',
      'title',
      'url',
      'language',
      'dir',
      'published_at',
      'tags',
      'source',
      'updated_at',
      'passages',
    ]);
    expect(reply.passages.map((passage) => Object.keys(passage))).toEqual([
      ['id', 'text', 'language', 'dir', 'sentences'],
    ]);
    expect(reply.dir).toBe('rtl');
  });

  test('of readiness tells how far indexing is', () => {
    const indexing = { articlesDone: 3, articlesTotal: 9 };
    const reasons = [{ code: 'INDEXING', message: 'the articles are being indexed' }] as const;
    const warnings = [{ code: 'DISK_FULL', message: 'There is no space left.' }] as const;
    expect(toWireReadiness({ ready: false, reasons, warnings, indexing })).toEqual({
      status: 'not_ready',
      reasons,
      warnings,
      indexing: { articles_done: 3, articles_total: 9 },
    });
    expect(toWireReadiness({ ready: true, reasons: [], indexing: null })).toEqual({
      status: 'ready',
      reasons: [],
      warnings: [],
      indexing: null,
    });
  });

  test('of an error carries code, fault and link, and neither stack nor cause', () => {
    const error = new FihristError('STORE_UNUSABLE', 'It is damaged.', {
      details: { sizeBytes: 5, path: 'a' },
      cause: new Error('secret'),
    });
    expect(toWireError(error)).toEqual({
      error: {
        code: 'STORE_UNUSABLE',
        message: 'It is damaged.',
        type: 'operator',
        details: { size_bytes: 5, path: 'a' },
        link: '/docs/errors#store_unusable',
      },
    });
  });
});
