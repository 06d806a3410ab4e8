import { z } from 'zod';
import {
  checkQuery,
  SEARCH_DEFAULTS,
  SEARCH_LIMITS,
  type SearchRequest,
} from '../../../search/search-request.js';
import { describeField } from '../../describe-field.js';
import { readFields } from '../../read-fields.js';
import { COMPARISON_OPERATORS, readMetadataCondition } from './read-metadata-condition.js';

const { minLimit, maxLimit } = SEARCH_LIMITS;

const retrievalSetting = z.strictObject({
  top_k: describeField(z.int().min(minLimit).max(maxLimit).nullish(), {
    allowed: `a whole number from ${minLimit} to ${maxLimit}`,
    meaning: 'How many passages are wanted. Default: 10.',
  }),
  score_threshold: describeField(z.number().min(0).max(1).nullish(), {
    allowed: 'a number from 0 to 1',
    meaning: 'Passages of a lower score are left out. Default: 0.',
  }),
});

const condition = z.strictObject({
  name: describeField(z.union([z.string(), z.array(z.string()).length(1)]), {
    allowed: 'the name of one field',
    meaning: '`language`, `tags`, `source`, `article_id` or `published_at`.',
  }),
  comparison_operator: describeField(z.enum(COMPARISON_OPERATORS), {
    allowed: "one of Dify's comparison operators",
    meaning: 'How it is compared. Not every operator fits every field.',
  }),
  value: describeField(z.union([z.string(), z.number(), z.array(z.string())]).nullish(), {
    allowed: 'a string, a number or an array of strings',
    meaning: 'What it is compared with.',
  }),
});

const metadataCondition = z.strictObject({
  logical_operator: describeField(z.enum(['and', 'or']).nullish(), {
    allowed: '"and" or "or"',
    meaning: 'Whether all conditions must hold, or one of them. Default: and.',
  }),
  conditions: describeField(z.array(condition).max(100).nullish(), {
    allowed: 'an array of at most 100 conditions',
    meaning: 'What the passages must be.',
  }),
});

export type MetadataCondition = z.output<typeof metadataCondition>;

/** The body of `POST /retrieval`. Fields that may be left out may be null, too: Dify sends them so. */
export const retrievalBodySchema = z
  .object({
    knowledge_id: describeField(z.string().min(1), {
      allowed: '"fihrist" or the name of a collection',
      meaning: 'What is searched: the whole archive ("fihrist"), or one collection of it.',
    }),
    query: describeField(z.string(), { allowed: 'a string', meaning: 'The question.' }),
    retrieval_setting: describeField(retrievalSetting.nullish(), {
      allowed: 'an object with "top_k" and "score_threshold"',
      meaning: 'How many passages are wanted, and how good they must be.',
    }),
    metadata_condition: describeField(metadataCondition.nullish(), {
      allowed: 'an object with "logical_operator" and "conditions"',
      meaning: 'What the passages must be. Default: anything.',
    }),
  })
  .meta({ id: 'DifyRetrievalRequest', description: 'A question, as Dify asks external knowledge.' });

export interface Retrieval {
  readonly knowledgeId: string;
  readonly request: SearchRequest;
  /** 0…1. */
  readonly scoreThreshold: number;
}

/** @throws INVALID_REQUEST, UNKNOWN_FIELD, QUERY_EMPTY, QUERY_TOO_LONG (caller) */
export function readRetrievalBody(body: unknown): Retrieval {
  const fields = readFields(body, retrievalBodySchema);
  const filters = readMetadataCondition(fields.metadata_condition ?? null);
  return {
    knowledgeId: fields.knowledge_id,
    request: {
      ...SEARCH_DEFAULTS,
      query: checkQuery(fields.query),
      limit: fields.retrieval_setting?.top_k ?? SEARCH_DEFAULTS.limit,
      ...(filters === null ? {} : { filters }),
    },
    scoreThreshold: fields.retrieval_setting?.score_threshold ?? 0,
  };
}
