import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../../src/config.js';
import { readReferences } from '../../../src/evaluation/evaluation-references.js';
import { clientAddressReader } from '../../../src/http/client-address.js';
import { SETTINGS } from '../../../src/settings.js';

const read = (file: string) => readFileSync(file, 'utf8');
const sources = readdirSync('src', { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
  .map((entry) => path.join(entry.parentPath, entry.name));

describe('the settings', () => {
  it('are all listed in README.md, with what is allowed and the default', () => {
    const readme = read('README.md');
    for (const [name, { meaning, allowed }] of Object.entries(SETTINGS)) {
      expect(readme).toContain(`| \`${name}\` |`);
      expect(readme).toContain(meaning);
      expect(readme).toContain(allowed);
    }
    const listed = [...readme.matchAll(/^\| `(FIHRIST_\w+)` \|/gm)].map((match) => match[1]);
    expect(listed).toEqual(Object.keys(SETTINGS));
  });

  it('have defaults that are allowed', () => {
    expect(readConfig({})).toMatchObject({ host: '127.0.0.1', port: 3000, searchWidth: 200 });
    expect(readConfig({})).toMatchObject({ logsQueries: false, hasMetrics: true, slowQueryMs: 1_000 });
    expect(readConfig({})).not.toHaveProperty('otlpEndpoint');
  });

  it('are read from the environment', () => {
    const config = readConfig({ FIHRIST_PORT: '0', FIHRIST_MAX_BODY_KB: '2', FIHRIST_MODEL_POOLING: 'cls' });
    expect(config).toMatchObject({ port: 0, maxBodyBytes: 2048, hubModel: { pooling: 'cls' } });
    expect(config.hubModel).not.toHaveProperty('dtype');
    const watched = readConfig({
      FIHRIST_METRICS: 'off',
      FIHRIST_OTLP_ENDPOINT: 'http://localhost:4318',
      FIHRIST_RESULT_CACHE_MB: '1',
    });
    expect(watched).toMatchObject({ hasMetrics: false, resultCacheBytes: 1_048_576 });
    expect(watched.otlpEndpoint).toBe('http://localhost:4318');
  });

  it('take lists with commas, and addresses without the slash at their end', () => {
    const config = readConfig({
      FIHRIST_INTERFACES: 'dify, mcp',
      FIHRIST_MODEL_ALIASES: 'embed,text-embedding-3-small',
      FIHRIST_ALLOWED_HOSTS: 'Archive.example,fihrist',
      FIHRIST_PUBLIC_URL: 'https://search.example/archive/',
    });
    expect(config).toMatchObject({
      interfaces: ['dify', 'mcp'],
      modelAliases: ['embed', 'text-embedding-3-small'],
      allowedHosts: ['archive.example', 'fihrist', 'search.example'],
      publicUrl: 'https://search.example/archive',
    });
    expect(readConfig({ FIHRIST_INTERFACES: 'none' }).interfaces).toEqual([]);
    expect(readConfig({})).toMatchObject({
      interfaces: ['openai', 'mcp', 'open-webui', 'searxng', 'dify'],
      modelAliases: ['fihrist'],
      allowedHosts: [],
    });
    expect(readConfig({})).not.toHaveProperty('publicUrl');
  });

  it('hold lists with commas, in which blanks do not count', () => {
    const config = readConfig({
      FIHRIST_ALLOWED_HOSTS: ' Search.Example.org , fihrist,',
      FIHRIST_CORS_ORIGINS: 'https://app.example, http://localhost:5173',
    });
    expect(config.allowedHosts).toEqual(['search.example.org', 'fihrist']);
    expect(config.corsOrigins).toEqual(['https://app.example', 'http://localhost:5173']);
    expect(readConfig({})).toMatchObject({ allowedHosts: [], corsOrigins: [], trustedProxies: [] });
    const proxies = ['loopback', '192.0.2.1', '10.0.0.0/8', '2001:db8::1', 'fc00::/7'];
    expect(readConfig({ FIHRIST_TRUST_PROXY: proxies.join(', ') }).trustedProxies).toEqual(proxies);
    expect(() => clientAddressReader(proxies)).not.toThrow();
  });

  it('ask for no keys only when the consequence is said in so many words', () => {
    expect(readConfig({}).keys).toBe('auto');
    expect(readConfig({ FIHRIST_KEYS: 'on' }).keys).toBe('on');
    expect(readConfig({ FIHRIST_KEYS: 'off-anyone-may-read-and-write' }).keys).toBe('off');
  });

  it('name a language model as a whole or not at all', () => {
    expect(readConfig({}).languageModel).toBeNull();
    const settings = { FIHRIST_LLM_URL: 'http://127.0.0.1:11434/v1', FIHRIST_LLM_MODEL: 'm' };
    expect(readConfig(settings).languageModel).toEqual({
      url: 'http://127.0.0.1:11434/v1',
      model: 'm',
      timeoutMs: 60_000,
      answersAtOnce: 8,
    });
    expect(readConfig({ ...settings, FIHRIST_LLM_KEY: 'k' }).languageModel).toMatchObject({ key: 'k' });
    expect(() => readConfig({ FIHRIST_LLM_MODEL: 'm' })).toThrow(/FIHRIST_LLM_URL is not/);
    expect(() => readConfig({ FIHRIST_LLM_URL: settings.FIHRIST_LLM_URL })).toThrow(
      /FIHRIST_LLM_MODEL is not/,
    );
  });

  it('never show a key, not even a wrong one', () => {
    expect(() => readConfig({ FIHRIST_LLM_KEY: 'secret key' })).toThrow(/^FIHRIST_LLM_KEY has a wrong form/);
    expect(() => readConfig({ FIHRIST_LLM_KEY: 'secret key' })).not.toThrow(/secret/);
  });

  it.each([
    ['FIHRIST_KEYS', 'off'],
    ['FIHRIST_ALLOWED_HOSTS', 'https://search.example.org'],
    ['FIHRIST_CORS_ORIGINS', '*'],
    ['FIHRIST_CORS_ORIGINS', 'https://app.example/'],
    ['FIHRIST_TRUST_PROXY', 'true'],
    ['FIHRIST_TRUST_PROXY', '1'],
    ['FIHRIST_TRUST_PROXY', 'proxy.example'],
    ['FIHRIST_TRUST_PROXY', '10.0.0.0/33'],
    ['FIHRIST_TRUST_PROXY', '0.0.0.0/0'],
    ['FIHRIST_TRUST_PROXY', 'loopback, ::/0'],
    ['FIHRIST_RATE_LIMIT', '-1'],
    ['FIHRIST_SEARCH_WAIT_MS', '0'],
    ['FIHRIST_PORT', '65536'],
    ['FIHRIST_PORT', '3000.5'],
    ['FIHRIST_PORT', ''],
    ['FIHRIST_MODEL_DTYPE', 'fp8'],
    ['FIHRIST_CORPUS', ''],
    ['FIHRIST_METRICS', 'yes'],
    ['FIHRIST_OTLP_ENDPOINT', 'localhost:4318'],
    ['FIHRIST_OTLP_ENDPOINT', 'ftp://collector'],
    ['FIHRIST_QUERY_CACHE', '-1'],
    ['FIHRIST_LLM_URL', 'ftp://127.0.0.1/v1'],
    ['FIHRIST_LLM_TIMEOUT_S', '0'],
    ['FIHRIST_INTERFACES', 'openai,cohere'],
    ['FIHRIST_INTERFACES', ''],
    ['FIHRIST_PUBLIC_URL', 'search.example'],
    ['FIHRIST_PUBLIC_URL', 'ftp://search.example'],
    ['FIHRIST_PUBLIC_URL', 'https://search.example/?a=1'],
    ['FIHRIST_ALLOWED_HOSTS', 'https://search.example'],
    ['FIHRIST_MODEL_ALIASES', 'two words'],
  ])('refuse %s="%s", naming the value and what is allowed', (name, value) => {
    expect(() => readConfig({ [name]: value })).toThrow(
      expect.objectContaining({
        code: 'SETTING_INVALID',
        message: expect.stringContaining(`${name} is "${value}"`),
      }),
    );
  });

  it('refuse a name that does not exist, so that a slip of the pen is noticed', () => {
    expect(() => readConfig({ FIHRIST_PROT: '80' })).toThrow(
      expect.objectContaining({ code: 'SETTING_INVALID' }),
    );
  });
});

describe('the list of dependencies', () => {
  interface Manifest {
    readonly version: string;
    readonly license: string;
    readonly dependencies: Readonly<Record<string, string>>;
    readonly scripts?: Readonly<Record<string, string>>;
  }
  const manifest = (folder: string) => JSON.parse(read(path.join(folder, 'package.json'))) as Manifest;
  const rows = [
    ...read('docs/dependencies.md').matchAll(
      /^\| `([^`]+)` \| (\S+) \| (\d{4}-\d\d-\d\d) \| (\S+) \| ([^|]+) \| ([^|]+) \|$/gm,
    ),
  ];

  it('has every package that the program needs to run, in order, and no other', () => {
    expect(rows.map(([, name]) => name)).toEqual(Object.keys(manifest('.').dependencies));
  });

  it.each(rows.map(([, name, version, , licence, , native]) => ({ name, version, licence, native })))(
    'says of $name what is installed',
    ({ name = '', version, licence, native = '' }) => {
      const installed = manifest(path.join('node_modules', name));
      expect({ version: installed.version, licence: installed.license }).toEqual({ version, licence });
      const { install, preinstall, postinstall } = installed.scripts ?? {};
      const isNative = existsSync(path.join('node_modules', name, 'binding.gyp'));
      if (isNative || (install ?? preinstall ?? postinstall) !== undefined) expect(native).not.toBe('no');
    },
  );
});

describe('the sources', () => {
  it('read the environment in config.ts only', () => {
    const readers = sources.filter((file) => read(file).includes('process.env'));
    expect(readers).toEqual([path.join('src', 'config.ts')]);
  });

  it('stay under 300 lines a file, but for one that a program writes', () => {
    const written = path.join('src', 'client', 'wire-types.ts');
    const long = sources.filter((file) => file !== written && read(file).split('\n').length > 300);
    expect(long).toEqual([]);
  });
});

describe('the sample archive', () => {
  it('has a baseline for its own questions, with a margin of one question', async () => {
    const { baseline } = await readReferences({ baseline: 'corpus/evaluation-baseline.json' });
    expect(baseline?.content.set).toBe('questions');
    const all = Object.values(baseline?.content.modes ?? {}).map((mode) => mode.all);
    expect(all.length).toBeGreaterThan(0);
    for (const row of all) expect(row).toMatchObject({ questions: 84, margin: expect.closeTo(1 / 84, 5) });
  });

  interface Question {
    readonly id: string;
    readonly language: string;
    readonly answers: ReadonlyArray<{ article_id: string; quote: string }>;
  }
  const questions = read('corpus/questions.jsonl')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Question);

  it('comes with 100 questions, half in each language, 16 of them without an answer', () => {
    expect(questions).toHaveLength(100);
    expect(new Set(questions.map((question) => question.id)).size).toBe(100);
    expect(questions.filter((question) => question.language === 'ar')).toHaveLength(50);
    expect(questions.filter((question) => question.answers.length === 0)).toHaveLength(16);
  });
});
