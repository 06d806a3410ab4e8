import { FihristError } from '../domain/errors.js';
import type { CliIo } from './cli-io.js';

/**
 * Writes records to a file, one line of JSON each.
 * @throws INVALID_REQUEST (caller) when the file cannot be written
 */
export async function writeResultFile(io: CliIo, path: string, records: readonly unknown[]): Promise<void> {
  try {
    await io.writeFile(path, records.map((record) => `${JSON.stringify(record)}\n`).join(''));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new FihristError('INVALID_REQUEST', `per-query must be a file that can be written to: ${reason}.`, {
      details: { field: 'per-query', allowed: 'a file that can be written to', value: path },
      cause,
    });
  }
}
