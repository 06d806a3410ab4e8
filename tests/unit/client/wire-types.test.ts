import { describe, expect, expectTypeOf, test } from 'vitest';
import type { z } from 'zod';
import type { answerReplySchema } from '../../../src/answer/answer-reply-schema.js';
import { BATCH_LIMITS } from '../../../src/client/article-batches.js';
import type * as wire from '../../../src/client/fihrist-client.js';
import type { ErrorCode } from '../../../src/domain/errors.js';
import type { answerBodySchema } from '../../../src/http/answers/parse-answer-body.js';
import type { analyzeBodySchema } from '../../../src/http/parse-analyze-body.js';
import type { articleListParametersSchema } from '../../../src/http/parse-article-list-parameters.js';
import type { relatedParametersSchema } from '../../../src/http/parse-related-parameters.js';
import type { searchBodySchema } from '../../../src/http/parse-search-body.js';
import { WAITING_LIMITS } from '../../../src/http/routes/add-articles-route.js';
import type { articleBodySchema } from '../../../src/http/schemas/article-body-schema.js';
import type { articleListReplySchema } from '../../../src/http/schemas/article-list-reply-schema.js';
import type { articleReplySchema } from '../../../src/http/schemas/article-reply-schema.js';
import type {
  articleResultSchema,
  batchReplySchema,
  writtenArticleSchema,
} from '../../../src/http/schemas/article-result-schemas.js';
import type {
  backupListReplySchema,
  backupReplySchema,
  backupSchema,
} from '../../../src/http/schemas/backup-reply-schemas.js';
import type { errorReplySchema } from '../../../src/http/schemas/error-reply-schema.js';
import type {
  healthReplySchema,
  readinessReplySchema,
} from '../../../src/http/schemas/service-reply-schemas.js';
import type { taskListReplySchema, taskReplySchema } from '../../../src/http/schemas/task-reply-schemas.js';
import type { analyzeReplySchema } from '../../../src/search/analyze-reply-schema.js';
import { readSearchFilter } from '../../../src/search/read-search-filter.js';
import type { relatedReplySchema } from '../../../src/search/related-reply-schema.js';
import type { searchReplySchema } from '../../../src/search/search-reply-schema.js';
import { toWireTypes } from './to-wire-types.js';

const FILE = new URL('../../../src/client/wire-types.ts', import.meta.url).pathname;

/** A type without what `readonly`, aliases and optional fields that may be undefined add to it. */
type Plain<T> = T extends object ? { [K in keyof T]: Plain<Exclude<T[K], undefined>> } : T;
/** Filters are left out: the schemas leave them to a reader of their own. */
type Bare<T> = Plain<Omit<T, 'filters'>>;

describe('the types of the client', () => {
  test('are those of the OpenAPI document: else, npm run client:types', async () => {
    await expect(await toWireTypes()).toMatchFileSnapshot(FILE);
  });

  // Held by the compiler, when the types of all tests are checked.
  test('are those of the schemas that the service reads requests by', () => {
    expectTypeOf<Bare<wire.SearchRequest>>().toEqualTypeOf<Bare<z.input<typeof searchBodySchema>>>();
    expectTypeOf<Bare<wire.AnalyzeRequest>>().toEqualTypeOf<Bare<z.input<typeof analyzeBodySchema>>>();
    expectTypeOf<Bare<wire.AnswerRequest>>().toEqualTypeOf<Bare<z.input<typeof answerBodySchema>>>();
    expectTypeOf<Bare<wire.ArticleToWrite>>().toEqualTypeOf<Bare<z.input<typeof articleBodySchema>>>();
    expectTypeOf<Bare<wire.RelatedParameters>>().toEqualTypeOf<
      Bare<z.input<typeof relatedParametersSchema>>
    >();
    expectTypeOf<Bare<wire.ArticleListParameters>>().toEqualTypeOf<
      Bare<z.input<typeof articleListParametersSchema>>
    >();
  });

  test('are those of the schemas that replies are held to', () => {
    expectTypeOf<Bare<wire.SearchReply>>().toEqualTypeOf<Bare<z.output<typeof searchReplySchema>>>();
    expectTypeOf<Bare<wire.RelatedReply>>().toEqualTypeOf<Bare<z.output<typeof relatedReplySchema>>>();
    expectTypeOf<Bare<wire.AnalyzeReply>>().toEqualTypeOf<Bare<z.output<typeof analyzeReplySchema>>>();
    expectTypeOf<Bare<wire.AnswerReply>>().toEqualTypeOf<Bare<z.output<typeof answerReplySchema>>>();
    expectTypeOf<Bare<wire.WrittenArticle>>().toEqualTypeOf<Bare<z.output<typeof writtenArticleSchema>>>();
    expectTypeOf<Bare<wire.ArticleResult>>().toEqualTypeOf<Bare<z.output<typeof articleResultSchema>>>();
    expectTypeOf<Bare<wire.ArticleCounts>>().toEqualTypeOf<
      Bare<z.output<typeof batchReplySchema>['counts']>
    >();
    expectTypeOf<Bare<wire.Article>>().toEqualTypeOf<Bare<z.output<typeof articleReplySchema>>>();
    expectTypeOf<Bare<wire.ArticleList>>().toEqualTypeOf<Bare<z.output<typeof articleListReplySchema>>>();
    expectTypeOf<Bare<wire.TaskReply>>().toEqualTypeOf<Bare<z.output<typeof taskReplySchema>>>();
    expectTypeOf<Bare<wire.TaskList>>().toEqualTypeOf<Bare<z.output<typeof taskListReplySchema>>>();
    expectTypeOf<Bare<wire.BackupReply>>().toEqualTypeOf<Bare<z.output<typeof backupReplySchema>>>();
    expectTypeOf<Bare<wire.BackupList>>().toEqualTypeOf<Bare<z.output<typeof backupListReplySchema>>>();
    expectTypeOf<Bare<wire.Backup>>().toEqualTypeOf<Bare<z.output<typeof backupSchema>>>();
    expectTypeOf<Bare<wire.Health>>().toEqualTypeOf<Bare<z.output<typeof healthReplySchema>>>();
    expectTypeOf<Bare<wire.Readiness>>().toEqualTypeOf<Bare<z.output<typeof readinessReplySchema>>>();
    expectTypeOf<Bare<wire.ErrorFields>>().toEqualTypeOf<Bare<z.output<typeof errorReplySchema>['error']>>();
    expectTypeOf<wire.ErrorCode>().toEqualTypeOf<ErrorCode>();
  });

  test('let filters be written that the service reads, and no others', () => {
    const filter: wire.SearchFilter = {
      type: 'and',
      filters: [
        { type: 'gte', key: 'published_at', value: '2024' },
        {
          type: 'or',
          filters: [
            { type: 'in', key: 'tags', value: ['history'] },
            { type: 'ne', key: 'language', value: 'ar' },
          ],
        },
      ],
    };
    expect(readSearchFilter(filter, 'filters')).toMatchObject({ type: 'and' });
    // @ts-expect-error: dates are compared, tags are not
    const wrong: wire.SearchFilter = { type: 'gte', key: 'tags', value: 'history' };
    expect(() => readSearchFilter(wrong, 'filters')).toThrow(
      expect.objectContaining({ code: 'INVALID_REQUEST' }),
    );
  });
});

describe('the limits of the client', () => {
  test('are those that the service writes articles within while the caller waits', () => {
    expect(BATCH_LIMITS).toEqual(WAITING_LIMITS);
  });
});
