import path from 'node:path';
import type { z } from 'zod';
import { FihristError } from './domain/errors.js';
import type { InterfaceName } from './http/compat/interface-names.js';
import { SETTINGS } from './settings.js';

/** What FIHRIST_KEYS says: its longest word is to be noticed by whoever writes it. */
const KEY_POLICIES = { auto: 'auto', on: 'on', 'off-anyone-may-read-and-write': 'off' } as const;

type SettingName = keyof typeof SETTINGS;

/** The settings, parsed. */
export interface Config {
  readonly host: string;
  readonly port: number;
  /** Without a slash at the end. Unset: the address that is listened on. */
  readonly publicUrl?: string;
  readonly interfaces: readonly InterfaceName[];
  readonly corpus: string;
  readonly indexFolder: string;
  readonly backupsFolder: string;
  /** 0: all. */
  readonly backupsKept: number;
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
  /** At the most. */
  readonly modelCopies: number;
  readonly searchWidth: number;
  /** 0: none. */
  readonly queryCacheEntries: number;
  /** 0: none. */
  readonly resultCacheBytes: number;
  /** 0: no ceiling. `auto`: what its container allows. */
  readonly maxMemoryBytes: number | 'auto';
  readonly keys: 'auto' | 'on' | 'off';
  /** In lower case; that of `publicUrl` among them. */
  readonly allowedHosts: readonly string[];
  readonly corsOrigins: readonly string[];
  /** Addresses, networks, and names of networks. */
  readonly trustedProxies: readonly string[];
  /** 0: none. Unset: what fits the address that is listened on. */
  readonly requestsPerMinute?: number;
  readonly searchWaitMs: number;
  readonly searchTimeoutMs: number;
  readonly writeTimeoutMs: number;
  readonly threadTimeoutMs: number;
  readonly maxConnections: number;
  /** Whether pages for people are served. */
  readonly web: boolean;
  readonly maxBodyBytes: number;
  /** Null when answers are quotations. */
  readonly languageModel: {
    readonly url: string;
    readonly model: string;
    readonly key?: string;
    readonly timeoutMs: number;
    /** Answers that it writes at the same time. */
    readonly answersAtOnce: number;
  } | null;
  readonly logLevel: z.infer<(typeof SETTINGS)['FIHRIST_LOG_LEVEL']['schema']>;
  /** 0: never. */
  readonly slowQueryMs: number;
  readonly logsQueries: boolean;
  readonly hasMetrics: boolean;
  readonly otlpEndpoint?: string;
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
  const { publicUrl } = optional('publicUrl', 'FIHRIST_PUBLIC_URL');
  return {
    host: read('FIHRIST_HOST'),
    port: read('FIHRIST_PORT'),
    ...(publicUrl === undefined ? {} : { publicUrl }),
    interfaces: read('FIHRIST_INTERFACES'),
    corpus: read('FIHRIST_CORPUS'),
    indexFolder: read('FIHRIST_INDEX'),
    backupsFolder: path.join(read('FIHRIST_INDEX'), 'backups'),
    ...optional('backupsFolder', 'FIHRIST_BACKUPS'),
    backupsKept: read('FIHRIST_BACKUPS_KEPT'),
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
    modelCopies: read('FIHRIST_MODEL_COPIES'),
    searchWidth: read('FIHRIST_SEARCH_WIDTH'),
    queryCacheEntries: read('FIHRIST_QUERY_CACHE'),
    resultCacheBytes: read('FIHRIST_RESULT_CACHE_MB') * 2 ** 20,
    maxMemoryBytes: inBytes(read('FIHRIST_MAX_MEMORY_MB')),
    keys: KEY_POLICIES[read('FIHRIST_KEYS')],
    allowedHosts: [
      ...read('FIHRIST_ALLOWED_HOSTS').map((name) => name.toLowerCase()),
      ...(publicUrl === undefined ? [] : [new URL(publicUrl).hostname]),
    ],
    corsOrigins: read('FIHRIST_CORS_ORIGINS'),
    trustedProxies: read('FIHRIST_TRUST_PROXY'),
    ...optional('requestsPerMinute', 'FIHRIST_RATE_LIMIT'),
    searchWaitMs: read('FIHRIST_SEARCH_WAIT_MS'),
    searchTimeoutMs: read('FIHRIST_SEARCH_TIMEOUT_MS'),
    writeTimeoutMs: read('FIHRIST_WRITE_TIMEOUT_MS'),
    threadTimeoutMs: read('FIHRIST_THREAD_TIMEOUT_S') * 1_000,
    maxConnections: read('FIHRIST_MAX_CONNECTIONS'),
    web: read('FIHRIST_WEB'),
    maxBodyBytes: read('FIHRIST_MAX_BODY_KB') * 1024,
    languageModel: languageModelOf({
      timeoutMs: read('FIHRIST_LLM_TIMEOUT_S') * 1_000,
      answersAtOnce: read('FIHRIST_ANSWERS_AT_ONCE'),
      ...optional('url', 'FIHRIST_LLM_URL'),
      ...optional('model', 'FIHRIST_LLM_MODEL'),
      ...optional('key', 'FIHRIST_LLM_KEY'),
    }),
    logLevel: read('FIHRIST_LOG_LEVEL'),
    slowQueryMs: read('FIHRIST_SLOW_QUERY_MS'),
    logsQueries: read('FIHRIST_LOG_QUERIES'),
    hasMetrics: read('FIHRIST_METRICS'),
    ...optional('otlpEndpoint', 'FIHRIST_OTLP_ENDPOINT'),
  };
}

function inBytes(megabytes: number | 'auto'): number | 'auto' {
  return megabytes === 'auto' ? 'auto' : megabytes * 2 ** 20;
}

/** @throws SETTING_INVALID (operator) when one of address and name is there without the other */
function languageModelOf(settings: {
  readonly url?: string;
  readonly model?: string;
  readonly key?: string;
  readonly timeoutMs: number;
  readonly answersAtOnce: number;
}): Config['languageModel'] {
  const { url, model, ...rest } = settings;
  if (url !== undefined && model !== undefined) return { url, model, ...rest };
  if (url === undefined && model === undefined) return null;
  const [set, missing] =
    url === undefined
      ? (['FIHRIST_LLM_MODEL', 'FIHRIST_LLM_URL'] as const)
      : (['FIHRIST_LLM_URL', 'FIHRIST_LLM_MODEL'] as const);
  throw new FihristError('SETTING_INVALID', `${set} is set, and ${missing} is not; one needs the other.`, {
    details: { setting: missing, value: null, allowed: SETTINGS[missing].allowed },
  });
}

function parse(name: SettingName, value: string): unknown {
  const result = SETTINGS[name].schema.safeParse(value);
  if (result.success) return result.data;
  // A key is not to be read in logs, not even a wrong one.
  if (name === 'FIHRIST_LLM_KEY') {
    throw new FihristError(
      'SETTING_INVALID',
      `${name} has a wrong form; allowed is ${SETTINGS[name].allowed}.`,
      {
        details: { setting: name, allowed: SETTINGS[name].allowed },
      },
    );
  }
  throw new FihristError('SETTING_INVALID', `${name} is "${value}"; allowed is ${SETTINGS[name].allowed}.`, {
    details: { setting: name, value, allowed: SETTINGS[name].allowed },
  });
}

/** Whether the person asked for text without colours (https://no-color.org). Not a setting of this program alone. */
export function wantsNoColour(environment: NodeJS.ProcessEnv = process.env): boolean {
  return Boolean(environment.NO_COLOR);
}
