import { readFileSync } from 'node:fs';
import { describe, expect, expectTypeOf, test } from 'vitest';
import {
  type CallOptions,
  type ClientErrorCode,
  DEFAULT_TIMEOUTS_MS,
  FihristClient,
  type FihristClientOptions,
  FihristError,
} from '../../../src/client/fihrist-client.js';
import { ERROR_CATALOGUE } from '../../../src/domain/error-catalogue.js';
import { routes } from '../http/openapi-document.js';

const page = readFileSync('docs/client.md', 'utf8');

/** First cells of the rows of the table whose head begins with these words. */
function rowsUnder(head: string): string[][] {
  const [, table = ''] = page.split(`\n| ${head} |`);
  const rows = table.split('\n\n')[0]?.split('\n').slice(2) ?? [];
  return rows.map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

const namesIn = (cell = '') => [...cell.matchAll(/`(\w+)/g)].map((match) => match[1] ?? '');

describe('docs/client.md', () => {
  test('lists every method, with a route that there is', () => {
    const methods = Object.getOwnPropertyNames(FihristClient.prototype).filter(
      (name) => name !== 'constructor',
    );
    const rows = rowsUnder('Method');
    expect(rows.map(([cell]) => namesIn(cell)[0]).sort()).toEqual(methods.sort());
    const known = routes.map(({ method, path }) => `${method.toUpperCase()} ${path}`);
    for (const [, route = ''] of rows) expect(known).toContain(route.replace(/`|\?.*$/g, ''));
  });

  test('lists every option', () => {
    const listed = rowsUnder('Option').flatMap(([cell]) => namesIn(cell));
    expectTypeOf<keyof FihristClientOptions>().toEqualTypeOf<
      'url' | 'key' | 'timeoutMs' | 'retries' | 'fetch'
    >();
    expect(listed).toEqual(['url', 'key', 'timeoutMs', 'retries', 'fetch']);
    expectTypeOf<keyof CallOptions>().toEqualTypeOf<'signal' | 'timeoutMs' | 'retries' | 'requestId'>();
    for (const name of ['signal', 'timeoutMs', 'retries', 'requestId']) expect(page).toContain(`\`${name}\``);
  });

  test('tells the time limits that there are', () => {
    const listed = rowsUnder('`DEFAULT_TIMEOUTS_MS`').map(([name, ms]) => [namesIn(name)[0], Number(ms)]);
    expect(Object.fromEntries(listed)).toEqual(DEFAULT_TIMEOUTS_MS);
  });

  test('explains every field of an error, and every code that the service has not', () => {
    const error = new FihristError('x', 'm', { cause: 1 });
    const getters = Object.getOwnPropertyNames(FihristError.prototype).filter(
      (name) => name !== 'constructor',
    );
    const own = Object.getOwnPropertyNames(error).filter((name) => name !== 'stack' && name !== 'name');
    const fields = rowsUnder('Field').flatMap(([cell]) => namesIn(cell));
    expect(fields.sort()).toEqual([...own, ...getters].sort());
    const codes = rowsUnder('Code of the client').flatMap(([cell]) => namesIn(cell));
    expect(codes.filter((code) => Object.hasOwn(ERROR_CATALOGUE, code))).toEqual([]);
    expectTypeOf<ClientErrorCode>().toEqualTypeOf<
      'CONNECTION_FAILED' | 'TIMED_OUT' | 'REPLY_INVALID' | 'ARGUMENT_INVALID' | 'TASK_CANCELLED'
    >();
    expect(codes).toEqual([
      'CONNECTION_FAILED',
      'TIMED_OUT',
      'REPLY_INVALID',
      'ARGUMENT_INVALID',
      'TASK_CANCELLED',
    ]);
  });
});
