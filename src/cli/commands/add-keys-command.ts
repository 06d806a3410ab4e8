import type { Command } from 'commander';
import { readExpiry } from '../../keys/read-expiry.js';
import { printJson, printLines } from '../cli-io.js';
import type { CommandContext } from '../create-program.js';
import { formatCreatedKey, formatKeys, keyToJson } from '../format-keys.js';
import { parseFilterOption } from '../read-filter-options.js';

interface CreateOptions {
  readonly name: string;
  readonly scope: readonly string[];
  readonly expires?: string;
  readonly filter?: string;
  readonly json?: true;
}

/** `fihrist keys`: who may ask the service, and for what. Works while the service runs. */
export function addKeysCommand(program: Command, context: CommandContext): void {
  const keys = program.command('keys').description('Make, list and revoke the keys of the service.');
  addCreate(keys, context);
  addList(keys, context);
  addRevoke(keys, context);
}

function addCreate(keys: Command, { services, io }: CommandContext): void {
  keys
    .command('create')
    .description('Make a key. It is shown this once and cannot be shown again.')
    .requiredOption('--name <text>', 'what the key is for, to find it in lists')
    .requiredOption(
      '--scope <scope>',
      'what it may do: search, articles:write or admin; may be repeated',
      collect,
    )
    .option('--expires <when>', 'when it ends: a date such as 2027-01-01, or a duration such as 90d or 12h')
    .option('--filter <filter>', 'the only articles that it may see, such as tags=public, or JSON')
    .option('--json', 'print the key as one line of JSON')
    .addHelpText('after', '\nExample:\n  fihrist keys create --name website --scope search --expires 90d')
    .action(async ({ name, scope, expires, filter, json }: CreateOptions) => {
      const created = await services.createKey({
        name,
        scopes: scope,
        ...(expires === undefined ? {} : { expiresAtMs: readExpiry(expires, Date.now()) }),
        ...(filter === undefined ? {} : { filter: parseFilterOption(filter) }),
      });
      if (json) printJson(io, { ...keyToJson(created.key), key: created.text });
      else printLines(io, formatCreatedKey(created));
    });
}

function addList(keys: Command, { services, io }: CommandContext): void {
  keys
    .command('list')
    .description(
      'List all keys, without their secrets: what each may do, until when, and when it was last used.',
    )
    .option('--json', 'print the keys as one line of JSON')
    .addHelpText('after', '\nExample:\n  fihrist keys list')
    .action(async ({ json }: { json?: true }) => {
      const found = await services.listKeys();
      if (json) printJson(io, { keys: found.map(keyToJson) });
      else printLines(io, formatKeys(found, Date.now()));
    });
}

function addRevoke(keys: Command, { services, io }: CommandContext): void {
  keys
    .command('revoke <id>')
    .description('End a key at once and for ever.')
    .option('--json', 'print the key as one line of JSON')
    .addHelpText('after', '\nExample:\n  fihrist keys revoke 3f9c2a7be41d0856')
    .action(async (id: string, { json }: { json?: true }) => {
      const key = await services.revokeKey(id);
      if (json) printJson(io, keyToJson(key));
      else printLines(io, [`Revoked: ${key.id} (${key.name}). Requests with it are refused from now on.`]);
    });
}

function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}
