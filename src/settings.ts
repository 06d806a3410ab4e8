import { z } from 'zod';
import { INTERFACE_NAMES } from './http/compat/interface-names.js';
import { MODEL_SETTINGS } from './model-settings.js';
import { projectFolder } from './project-folder.js';
import {
  baseUrl,
  integer,
  interfaceNames,
  list,
  OWN_NETWORKS,
  proxyNetwork,
  type SettingDescription,
  switchedOn,
} from './setting-schemas.js';

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
  FIHRIST_INTERFACES: {
    schema: interfaceNames,
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
  FIHRIST_BACKUPS: {
    schema: z.string().min(1),
    defaultValue: null,
    allowed: 'a folder that can be written to',
    meaning:
      'Where backups are kept that are asked for over HTTP. Default: backups in FIHRIST_INDEX; better on another disk.',
  },
  FIHRIST_BACKUPS_KEPT: {
    schema: integer(0, 100_000),
    defaultValue: '7',
    allowed: 'a whole number from 0 (all) to 100000',
    meaning: 'So many of them are kept: older ones go when a new one is done.',
  },
  ...MODEL_SETTINGS,
  FIHRIST_SEARCH_WIDTH: {
    schema: integer(200, 10_000),
    defaultValue: '200',
    allowed: 'a whole number from 200 to 10000',
    meaning: 'Nodes kept while walking the HNSW graph for 100 candidates: more finds more and takes longer.',
  },
  FIHRIST_QUERY_CACHE: {
    schema: integer(0, 1_000_000),
    defaultValue: '10000',
    allowed: 'a whole number from 0 (none) to 1000000',
    meaning:
      'Questions whose embeddings are kept in memory for when they are asked again: about 2 KB each, whatever their length.',
  },
  FIHRIST_RESULT_CACHE_MB: {
    schema: integer(0, 65_536),
    defaultValue: '32',
    allowed: 'a whole number from 0 (none) to 65536',
    meaning:
      'Megabytes for results of whole searches, for when the same is asked again before anything has changed.',
  },
  FIHRIST_MAX_MEMORY_MB: {
    schema: z.union([z.literal('auto'), z.literal('0').transform(Number), integer(256, 1_048_576)]),
    defaultValue: 'auto',
    allowed: 'auto, 0 (no ceiling) or a whole number from 256 to 1048576',
    meaning:
      'Megabytes that the process may take. Caches get their parts of it; near it they are emptied and writes wait. auto: nine tenths of what its container allows, no ceiling without one.',
  },
  FIHRIST_KEYS: {
    schema: z.enum(['auto', 'on', 'off-anyone-may-read-and-write']),
    defaultValue: 'auto',
    allowed: 'auto, on or off-anyone-may-read-and-write',
    meaning:
      'When a key is asked for. auto: from the first key on, and the service does not start where other machines could reach it without one. on: always. off-…: never.',
  },
  FIHRIST_ALLOWED_HOSTS: {
    schema: list((item) => /^[\w.-]+$/.test(item)),
    defaultValue: '',
    allowed: 'host names with commas between them',
    meaning:
      'Names that the service is reached by, besides localhost, addresses, FIHRIST_HOST and the host of FIHRIST_PUBLIC_URL. Requests without a key to other names are refused.',
  },
  FIHRIST_CORS_ORIGINS: {
    schema: list((item) => URL.canParse(item) && new URL(item).origin === item),
    defaultValue: '',
    allowed: 'origins such as https://example.org with commas between them',
    meaning: 'Web pages of these origins may use the service from a browser.',
  },
  FIHRIST_TRUST_PROXY: {
    schema: list((item) => proxyNetwork.safeParse(item).success),
    defaultValue: '',
    allowed: `addresses, networks such as 10.0.0.0/8, ${OWN_NETWORKS.join(', ')}, with commas between them`,
    meaning:
      'Proxies that are believed when they say in X-Forwarded-For whom they ask for (rate limits and logs go by that address), and in X-Forwarded-Proto whether they were asked over https. Default: nobody is believed. Where a proxy is named, other machines can reach the service.',
  },
  FIHRIST_RATE_LIMIT: {
    schema: integer(0, 1_000_000),
    defaultValue: null,
    allowed: 'a whole number from 0 (no limit) to 1000000',
    meaning:
      'Requests a minute of one key, or without keys of one address. Default: 1200 where other machines can reach the service, else no limit.',
  },
  FIHRIST_SEARCH_WAIT_MS: {
    schema: integer(1, 60_000),
    defaultValue: '30',
    allowed: 'a whole number from 1 to 60000',
    meaning:
      'How long a search may wait for its turn while there are more than can be answered; the others are turned away at once. A burst may wait five times as long.',
  },
  FIHRIST_SEARCH_TIMEOUT_MS: {
    schema: integer(10, 3_600_000),
    defaultValue: '10000',
    allowed: 'a whole number from 10 to 3600000',
    meaning: 'After this long a search is stopped and refused.',
  },
  FIHRIST_WRITE_TIMEOUT_MS: {
    schema: integer(10, 3_600_000),
    defaultValue: '120000',
    allowed: 'a whole number from 10 to 3600000',
    meaning: 'After this long a change of the archive is stopped and refused.',
  },
  FIHRIST_THREAD_TIMEOUT_S: {
    schema: integer(5, 86_400),
    defaultValue: '300',
    allowed: 'a whole number from 5 to 86400',
    meaning:
      'Seconds without any sign of life after which a thread of the service counts as hanging, and the service ends to be started anew.',
  },
  FIHRIST_MAX_CONNECTIONS: {
    schema: integer(1, 100_000),
    defaultValue: '1000',
    allowed: 'a whole number from 1 to 100000',
    meaning:
      'Connections open at the same time. One more closes the slowest sender or the longest idle one, never one that is being answered.',
  },
  FIHRIST_LLM_URL: {
    schema: z.url({ protocol: /^https?$/ }),
    defaultValue: null,
    allowed: 'an http or https address, such as http://127.0.0.1:11434/v1',
    meaning:
      'Server of a language model that writes answers, with the chat completions of OpenAI under it. Default: none; answers are quotations.',
  },
  FIHRIST_LLM_MODEL: {
    schema: z.string().min(1),
    defaultValue: null,
    allowed: 'the name of a model',
    meaning: 'The language model, as that server knows it. Needed with FIHRIST_LLM_URL.',
  },
  FIHRIST_LLM_KEY: {
    schema: z.string().regex(/^[\x21-\x7e]+$/),
    defaultValue: null,
    allowed: 'printable ASCII characters without blanks',
    meaning: 'Key for that server, sent as a bearer token. Default: none is sent.',
  },
  FIHRIST_LLM_TIMEOUT_S: {
    schema: integer(1, 600),
    defaultValue: '60',
    allowed: 'a whole number from 1 to 600',
    meaning:
      'Seconds that the language model has for one answer. After that, the answer is made without the model.',
  },
  FIHRIST_ANSWERS_AT_ONCE: {
    schema: integer(1, 1_000),
    defaultValue: '8',
    allowed: 'a whole number from 1 to 1000',
    meaning:
      'Answers that the language model writes at the same time; more are turned away at once. Searches go on meanwhile. As many as its server works on side by side.',
  },
  FIHRIST_WEB: {
    schema: switchedOn,
    defaultValue: 'on',
    allowed: 'on or off',
    meaning: 'Whether pages for people are served: search, answers, articles, status.',
  },
  FIHRIST_MAX_BODY_KB: {
    schema: integer(1, 65_536),
    defaultValue: '256',
    allowed: 'a whole number from 1 to 65536',
    meaning: 'Largest JSON body of a request in kilobytes. Articles sent as lines have no limit together.',
  },
  FIHRIST_LOG_LEVEL: {
    schema: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']),
    defaultValue: 'info',
    allowed: 'fatal, error, warn, info, debug, trace or silent',
    meaning: 'How much is logged. Logs are JSON lines on standard error.',
  },
  FIHRIST_SLOW_QUERY_MS: {
    schema: integer(0, 3_600_000),
    defaultValue: '1000',
    allowed: 'a whole number from 0 (never) to 3600000',
    meaning:
      'Milliseconds from which on a search gets a line of its own in the log, with where its time went.',
  },
  FIHRIST_LOG_QUERIES: {
    schema: switchedOn,
    defaultValue: 'off',
    allowed: 'on or off',
    meaning: 'Whether that line has the question itself in it. What readers ask is their own business.',
  },
  FIHRIST_METRICS: {
    schema: switchedOn,
    defaultValue: 'on',
    allowed: 'on or off',
    meaning: 'Whether GET /metrics tells Prometheus how the service is doing.',
  },
  FIHRIST_OTLP_ENDPOINT: {
    schema: z.url({ protocol: /^https?$/, hostname: /./ }),
    defaultValue: null,
    allowed: 'an address that starts with http:// or https://',
    meaning:
      'Where traces are sent, by OTLP over HTTP: the address of a collector, as http://localhost:4318. Default: nowhere.',
  },
} as const satisfies Record<string, SettingDescription>;
