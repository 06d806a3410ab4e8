import { availableParallelism } from 'node:os';
import { z } from 'zod';
import { projectFolder } from './project-folder.js';
import { integer, list, type SettingDescription } from './setting-schemas.js';

/** Which model embeds, and with what it computes. */
export const MODEL_SETTINGS = {
  FIHRIST_MODEL: {
    schema: z.string().min(1),
    defaultValue: `${projectFolder}models/fihrist-e5-small`,
    allowed: 'a model folder with a model-card.json, or a hub id (owner/name)',
    meaning:
      'The embedding model. Another model re-embeds the archive at the next start, unless `fihrist reembed` has done it before.',
  },
  FIHRIST_MODEL_QUERY_PREFIX: {
    schema: z.string(),
    defaultValue: null,
    allowed: 'any text',
    meaning: 'Hub models only: what is put before a query. Default: "query: " for E5 models, else nothing.',
  },
  FIHRIST_MODEL_PASSAGE_PREFIX: {
    schema: z.string(),
    defaultValue: null,
    allowed: 'any text',
    meaning:
      'Hub models only: what is put before a passage. Default: "passage: " for E5 models, else nothing.',
  },
  FIHRIST_MODEL_POOLING: {
    schema: z.enum(['mean', 'cls']),
    defaultValue: null,
    allowed: 'mean or cls',
    meaning: 'Hub models only: how token vectors become one. Default: mean.',
  },
  FIHRIST_MODEL_DTYPE: {
    schema: z.enum(['fp32', 'fp16', 'q8', 'int8', 'uint8', 'q4', 'bnb4', 'q4f16']),
    defaultValue: null,
    allowed: 'fp32, fp16, q8, int8, uint8, q4, bnb4 or q4f16',
    meaning: 'Hub models only: which ONNX file is used. Default: q8.',
  },
  FIHRIST_MODEL_MAX_TOKENS: {
    schema: integer(16, 8_192),
    defaultValue: null,
    allowed: 'a whole number from 16 to 8192',
    meaning: 'Hub models only: tokens that the model reads of one text. Default: 512.',
  },
  FIHRIST_MODEL_ALIASES: {
    schema: list((item) => /^[\w.:/@-]{1,100}$/.test(item)),
    defaultValue: 'fihrist',
    allowed: 'names of letters, digits and . : / @ - _ with commas between them',
    meaning: 'What callers of /v1/embeddings may call the model, besides its own name.',
  },
  FIHRIST_THREADS: {
    schema: integer(1, 64),
    defaultValue: String(Math.min(4, Math.max(1, Math.floor(availableParallelism() / 2)))),
    allowed: 'a whole number from 1 to 64',
    meaning:
      'Threads of the model. Default: half of the cores, at most 4: the other half searches and serves.',
  },
  FIHRIST_MODEL_COPIES: {
    schema: integer(1, 16),
    defaultValue: String(Math.min(2, availableParallelism())),
    allowed: 'a whole number from 1 to 16',
    meaning:
      'Copies of the model that compute side by side while there is work for them, such as an archive that is indexed; all but one are closed when there is none. Each has its own FIHRIST_THREADS and takes about 140 MB. Default: 2, or 1 where there is one core.',
  },
} as const satisfies Record<string, SettingDescription>;
