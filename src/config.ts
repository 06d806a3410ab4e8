import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { FihristError } from './domain/errors.js';
import { INTERFACE_NAMES, type InterfaceName } from './http/compat/interface-names.js';

/** The folder that package.json is in, wherever the program was started. */
const projectFolder = fileURLToPath(new URL('..', import.meta.url));

const integer = (min: number, max: number) =>
  z.string().regex(/^\d+$/, 'a whole number').transform(Number).pipe(z.int().min(min).max(max));

/** Names with commas between them; blanks around them do not count. */
const list = <Item extends z.ZodType<unknown, string>>(item: Item) =>
  z
    .string()
    .transform((text) => text.split(',').map((part) => part.trim()))
    .pipe(z.array(item).min(1));

/** An address that paths can be put behind: http or https, nothing after `?` or `#`. The slash at its end is dropped. */
const baseUrl = z
  .url({ protocol: /^https?$/ })
  .regex(/^[^?#]*$/)
  .transform((url) => url.replace(/\/+$/, ''));

const hostName = z.string().regex(/^[\w-]+(?:\.[\w-]+)*$/);

interface SettingDescription {
  readonly schema: z.ZodType<unknown, string>;
  readonly defaultValue: string | null;
  /** What is allowed, in words, for messages and the README. */
  readonly allowed: string;
  readonly meaning: string;
}

/** Every setting, in one place. README.md lists the same, and a test holds them together. */
export const SETTINGS = {
  FIHRIST_HOST: {
    schema: z.string().min(1),
    defaultValue: '127.0.0.1',
    allowed: 'an address or host name',
    meaning: 'Address to listen on. The default answers this machine only.',
  },
  FIHRIST_PORT: {
    schema: integer(0, 65_535),
    defaultValue: '3000',
    allowed: 'a whole number from 0 (any free port) to 65535',
    meaning: 'Port to listen on.',
  },
  FIHRIST_PUBLIC_URL: {
    schema: baseUrl,
    defaultValue: null,
    allowed: 'an http or https address',
    meaning:
      'Where people reach the service: what articles without an address of their own are linked by. Default: the address listened on.',
  },
  FIHRIST_ALLOWED_HOSTS: {
    schema: list(hostName),
    defaultValue: null,
    allowed: 'host names without ports, with commas between them',
    meaning:
      'Names that the service is called by, besides localhost, addresses in numbers and the host of FIHRIST_PUBLIC_URL.',
  },
  FIHRIST_INTERFACES: {
    schema: z.union([z.literal('none').transform(() => []), list(z.enum(INTERFACE_NAMES))]),
    defaultValue: INTERFACE_NAMES.join(','),
    allowed: `${INTERFACE_NAMES.join(', ')} with commas between them, or none`,
    meaning: 'Which contracts of other software are spoken (docs/interfaces.md).',
  },
  FIHRIST_CORPUS: {
    schema: z.string().min(1),
    defaultValue: `${projectFolder}corpus/articles`,
    allowed: 'a folder or file of .txt, .md or .jsonl articles',
    meaning: 'Articles that are indexed at start. What left the folder leaves the index.',
  },
  FIHRIST_INDEX: {
    schema: z.string().min(1),
    defaultValue: `${projectFolder}index`,
    allowed: 'a folder that can be written to',
    meaning: 'Where the database and the index snapshots are kept.',
  },
  FIHRIST_MODEL: {
    schema: z.string().min(1),
    defaultValue: `${projectFolder}models/fihrist-e5-small`,
    allowed: 'a model folder with a model-card.json, or a hub id (owner/name)',
    meaning: 'The embedding model. Another model re-embeds the archive at the next start.',
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
    schema: list(z.string().regex(/^[\w.:/@-]{1,100}$/)),
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
  FIHRIST_SEARCH_WIDTH: {
    schema: integer(200, 10_000),
    defaultValue: '200',
    allowed: 'a whole number from 200 to 10000',
    meaning: 'Nodes kept while walking the HNSW graph for 100 candidates: more finds more and takes longer.',
  },
  FIHRIST_MAX_BODY_KB: {
    schema: integer(1, 65_536),
    defaultValue: '256',
    allowed: 'a whole number from 1 to 65536',
    meaning: 'Largest request body in kilobytes.',
  },
  FIHRIST_LOG_LEVEL: {
    schema: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']),
    defaultValue: 'info',
    allowed: 'fatal, error, warn, info, debug, trace or silent',
    meaning: 'How much is logged. Logs are JSON lines on standard error.',
  },
} as const satisfies Record<string, SettingDescription>;

type SettingName = keyof typeof SETTINGS;

/** The settings, parsed. */
export interface Config {
  readonly host: string;
  readonly port: number;
  /** Without a slash at the end. Unset: the address that is listened on. */
  readonly publicUrl?: string;
  readonly allowedHosts: readonly string[];
  readonly interfaces: readonly InterfaceName[];
  readonly corpus: string;
  readonly indexFolder: string;
  readonly model: string;
  readonly hubModel: {
    readonly queryPrefix?: string;
    readonly passagePrefix?: string;
    readonly pooling?: 'mean' | 'cls';
    readonly dtype?: z.infer<(typeof SETTINGS)['FIHRIST_MODEL_DTYPE']['schema']>;
    readonly maximumTokens?: number;
  };
  readonly modelAliases: readonly string[];
  readonly threads: number;
  readonly searchWidth: number;
  readonly maxBodyBytes: number;
  readonly logLevel: z.infer<(typeof SETTINGS)['FIHRIST_LOG_LEVEL']['schema']>;
}

/**
 * Reads every setting once.
 * @throws SETTING_INVALID (operator) with the name, the value and what is allowed; also for an unknown FIHRIST_ name
 */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  for (const name of Object.keys(environment)) {
    if (name.startsWith('FIHRIST_') && !(name in SETTINGS)) {
      throw new FihristError(
        'SETTING_INVALID',
        `There is no setting ${name}. Known: ${Object.keys(SETTINGS).join(', ')}.`,
        {
          details: { setting: name },
        },
      );
    }
  }
  const read = <Name extends SettingName>(name: Name) =>
    parse(name, environment[name] ?? SETTINGS[name].defaultValue ?? '') as z.infer<
      (typeof SETTINGS)[Name]['schema']
    >;
  const optional = <Name extends SettingName, Key extends string>(key: Key, name: Name) =>
    (environment[name] === undefined ? {} : { [key]: read(name) }) as {
      [K in Key]?: z.infer<(typeof SETTINGS)[Name]['schema']>;
    };
  return {
    host: read('FIHRIST_HOST'),
    port: read('FIHRIST_PORT'),
    ...optional('publicUrl', 'FIHRIST_PUBLIC_URL'),
    allowedHosts: [],
    ...optional('allowedHosts', 'FIHRIST_ALLOWED_HOSTS'),
    interfaces: read('FIHRIST_INTERFACES'),
    corpus: read('FIHRIST_CORPUS'),
    indexFolder: read('FIHRIST_INDEX'),
    model: read('FIHRIST_MODEL'),
    hubModel: {
      ...optional('queryPrefix', 'FIHRIST_MODEL_QUERY_PREFIX'),
      ...optional('passagePrefix', 'FIHRIST_MODEL_PASSAGE_PREFIX'),
      ...optional('pooling', 'FIHRIST_MODEL_POOLING'),
      ...optional('dtype', 'FIHRIST_MODEL_DTYPE'),
      ...optional('maximumTokens', 'FIHRIST_MODEL_MAX_TOKENS'),
    },
    modelAliases: read('FIHRIST_MODEL_ALIASES'),
    threads: read('FIHRIST_THREADS'),
    searchWidth: read('FIHRIST_SEARCH_WIDTH'),
    maxBodyBytes: read('FIHRIST_MAX_BODY_KB') * 1024,
    logLevel: read('FIHRIST_LOG_LEVEL'),
  };
}

function parse(name: SettingName, value: string): unknown {
  const result = SETTINGS[name].schema.safeParse(value);
  if (result.success) return result.data;
  throw new FihristError('SETTING_INVALID', `${name} is "${value}"; allowed is ${SETTINGS[name].allowed}.`, {
    details: { setting: name, value, allowed: SETTINGS[name].allowed },
  });
}

/** Whether the person asked for text without colours (https://no-color.org). Not a setting of this program alone. */
export function wantsNoColour(environment: NodeJS.ProcessEnv = process.env): boolean {
  return Boolean(environment.NO_COLOR);
}
