import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { INTERFACE_NAMES } from '../../../../src/http/compat/interface-names.js';
import { listInterfaceRoutes } from '../../../../src/http/compat/list-interface-routes.js';
import type { HttpServerOptions } from '../../../../src/http/http-server-options.js';

const page = readFileSync(new URL('../../../../docs/interfaces.md', import.meta.url), 'utf8');

test('docs/interfaces.md tells of every contract and every route', () => {
  const options = { interfaces: { enabled: new Set(INTERFACE_NAMES) } } as unknown as HttpServerOptions;
  const routes = listInterfaceRoutes(options);
  expect(routes).toHaveLength(7);
  for (const { method, path } of routes) expect(page).toContain(`\`${method.toUpperCase()} ${path}\``);
  for (const name of INTERFACE_NAMES) expect(page).toContain(`| \`${name}\` |`);
});

test('no contract is spoken unless it is told which', () => {
  expect(listInterfaceRoutes({} as HttpServerOptions)).toEqual([]);
});
