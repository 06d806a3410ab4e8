/**
 * The layer rules of ARCHITECTURE.md, checked by a machine.
 * A room imports rooms of lower rank only; rooms of one rank do not know each other.
 */
const ranks = [
  ['domain', 'client'],
  ['text', 'threads', 'kernels', 'memory', 'telemetry'],
  ['passages', 'corpus', 'embedding', 'storage', 'vector-index'],
  ['ingest', 'search'],
  ['answer', 'tasks', 'keys', 'backup', 'editions'],
  ['http', 'web', 'mcp', 'cli', 'evaluation'],
];

const layerRules = ranks.flatMap((rooms, rank) =>
  rooms.map((room) => {
    const lower = ranks.slice(0, rank).flat();
    const allowed = [...lower, room].join('|');
    return {
      name: `layer-${room}`,
      comment: `src/${room} (rank ${rank}) may import only rooms of lower rank and itself.`,
      severity: 'error',
      from: { path: `^src/${room}/` },
      to: { path: '^src/', pathNot: `^src/(${allowed})/` },
    };
  }),
);

/** Which file alone may import a native or heavy package. */
const keepers = {
  'better-sqlite3': '^src/storage/sqlite-connection\\.ts$',
  'hnswlib-node': '^src/vector-index/hnswlib-graph\\.ts$',
  '@huggingface/transformers': '^src/embedding/transformers-model\\.ts$',
  'wink-porter2-stemmer': '^src/text/english-stem\\.ts$',
  'eventsource-parser': '^src/answer/openai-chat-model\\.ts$',
  'zod-openapi': '^src/http/(create-openapi-document|describe-operation|describe-parameters)\\.ts$',
  tar: '^src/backup/tar-file\\.ts$',
  marked: '^src/http/render-page\\.ts$',
  'prom-client': '^src/telemetry/prometheus-service-metrics\\.ts$',
  '@opentelemetry': '^src/telemetry/otlp-request-tracer\\.ts$',
};

const keeperRules = Object.entries(keepers).map(([name, keeper]) => ({
  name: `one-keeper-${name.replace(/\W+/g, '-')}`,
  comment: `${name} is imported by one file only, so that its traps are absorbed in one place.`,
  severity: 'error',
  from: { path: '^src/', pathNot: keeper },
  to: { path: `node_modules/(@types/)?${name}/` },
}));

/** Adapters: only the files of the composition choose one. A worker entry is part of its adapter. */
const adapters =
  '^src/[^/]+/(sqlite|hnswlib|exact|transformers|caching|fake|memory|text|markdown|jsonl|folder|prometheus|otlp|openai)-[^/]*(store|reader|writer|index|embedder|source|metrics|tracer|chat-model)\\.ts$';

module.exports = {
  forbidden: [
    ...layerRules,
    ...keeperRules,
    {
      name: 'only-compose-names-adapters',
      severity: 'error',
      from: {
        path: '^src/',
        pathNot: ['^src/compose(-telemetry|-model|-editions)?\\.ts$', adapters, '-worker\\.ts$'],
      },
      to: { path: adapters },
    },
    {
      name: 'express-in-http-and-web-only',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(http|web)/' },
      to: { path: 'node_modules/(@types/)?express/' },
    },
    {
      name: 'mcp-sdk-in-mcp-only',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/mcp/' },
      to: { path: 'node_modules/@modelcontextprotocol/' },
    },
    {
      name: 'telemetry-is-loaded-when-asked-for',
      comment:
        'What is switched off costs neither memory nor time at the start: these are reached by import() alone.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^src/telemetry/(prometheus|otlp)-', dynamic: false, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'client-stands-alone',
      comment:
        'src/client runs in browsers and is taken out of the package as it is: it imports neither packages nor node.',
      severity: 'error',
      from: { path: '^src/client/' },
      to: { pathNot: '^src/client/' },
    },
    {
      name: 'client-is-for-others',
      comment: 'No room of the service calls the service over HTTP.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/client/' },
      to: { path: '^src/client/' },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, path: '^src/', pathNot: ['-worker\\.ts$', '\\.d\\.ts$', '^src/main\\.ts$'] },
      to: {},
    },
    { name: 'no-barrels', severity: 'error', from: {}, to: { path: '^src/.*/index\\.ts$' } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'types'],
      extensions: ['.ts', '.js'],
    },
  },
};
