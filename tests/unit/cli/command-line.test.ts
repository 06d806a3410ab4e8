import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createProgram } from '../../../src/cli/create-program.js';
import { EXIT_CODES } from '../../../src/cli/report-error.js';
import { capturedIo, runCaptured, servicesWith } from './run-captured.js';

const program = createProgram({ services: servicesWith({}), io: capturedIo().io, exitWith: () => {} });
/** Those that do something: of a group, the commands in it. */
const commands = program.commands.flatMap((command) =>
  command.commands.length === 0
    ? [{ name: command.name(), command }]
    : command.commands.map((inner) => ({ name: `${command.name()} ${inner.name()}`, command: inner })),
);
const page = readFileSync(new URL('../../../docs/cli.md', import.meta.url), 'utf8');

describe('the commands', () => {
  it('are those that the program has', () => {
    expect(commands.map(({ name }) => name)).toEqual([
      'serve',
      'mcp',
      'ingest',
      'search',
      'related',
      'analyze',
      'passages',
      'evaluate',
      'ablations',
      'tune',
      'keys create',
      'keys list',
      'keys revoke',
      'backup',
      'restore',
      'verify',
      'reembed',
      'stats',
    ]);
  });

  it.each(commands)('$name takes --json', ({ command }) => {
    expect(command.options.map((option) => option.long)).toContain('--json');
  });

  it.each(commands)('$name has --help with an example of itself', async ({ name }) => {
    const { exitCode, stdout, stderr } = await runCaptured([...name.split(' '), '--help']);
    expect(exitCode).toBe(0);
    expect(stderr).toBe('');
    expect(stdout).toMatch(new RegExp(`Examples?:\\n  fihrist ${name}`));
  });

  it.each(commands)('$name is documented with every option and default', ({ name, command }) => {
    const start = page.indexOf(`\n## fihrist ${name}`);
    expect(start).toBeGreaterThan(-1);
    const end = page.indexOf('\n## ', start + 1);
    const section = page.slice(start, end === -1 ? page.length : end);
    expect(section).toContain(`fihrist ${name}`);
    for (const option of command.options) {
      if (option.long === '--json') expect(section).toMatch(/JSON|--json/);
      else expect(section).toContain(`\`${option.flags}\``);
      if (typeof option.defaultValue === 'string') {
        expect(section).toContain(`\`${option.flags}\` | ${option.defaultValue} |`);
      }
    }
  });

  it('have their exit codes documented', () => {
    for (const code of [0, ...Object.values(EXIT_CODES)]) expect(page).toContain(`| ${code} |`);
  });
});

describe('a command line', () => {
  it('tells the version', async () => {
    expect(await runCaptured(['--version'])).toMatchObject({ exitCode: 0, stdout: '9.8.7\n' });
  });

  it('without a command shows the help on standard error and exits with 2', async () => {
    const { exitCode, stdout, stderr } = await runCaptured([]);
    expect(exitCode).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain('search');
  });

  it.each([
    ['an unknown command', ['find'], 'unknown command'],
    ['an unknown option', ['stats', '--colour'], '--colour'],
    ['a missing argument', ['search'], 'query'],
    ['a superfluous argument', ['verify', 'now'], 'too many arguments'],
    ['an option without its value', ['search', 'x', '--limit'], '--limit'],
    ['evaluate with nothing to evaluate', ['evaluate'], 'give a folder'],
    ['evaluate with a folder and questions', ['evaluate', 'dir', '--questions', 'q'], 'not both'],
    ['a corpus without questions', ['evaluate', 'dir', '--corpus', 'c'], '--questions'],
    ['a mode that there is not', ['evaluate', 'dir', '--mode', 'sparse'], 'hybrid, dense, keyword, all'],
    [
      'a file of one run and several modes',
      ['evaluate', 'd', '--mode', 'all', '--trec', 'f'],
      '--trec is about one',
    ],
    ['a baseline to write and no file', ['evaluate', 'dir', '--write-baseline'], '--baseline'],
  ])('with %s exits with 2 and says what is wrong', async (_, argv, message) => {
    const { exitCode, stdout, stderr } = await runCaptured(argv);
    expect(exitCode).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain(message);
    expect(stderr).toMatch(/^fihrist: /);
  });

  it('that is wrong and wants JSON gets its error as one line of JSON', async () => {
    const { exitCode, stdout, stderr } = await runCaptured(['stats', '--json', '--colour']);
    expect(exitCode).toBe(2);
    expect(stderr).toBe('');
    expect(stdout.split('\n')).toHaveLength(2);
    expect(JSON.parse(stdout)).toEqual({
      error: { code: 'INVALID_REQUEST', message: expect.stringContaining('--colour'), details: {} },
    });
  });
});
