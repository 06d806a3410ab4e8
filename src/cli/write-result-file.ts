import { FihristError } from '../domain/errors.js';
import type { CliIo } from './cli-io.js';

/** A file that the command line names, and the option that names it. */
export interface ResultFile {
  readonly option: string;
  readonly path: string;
}

/** @throws INVALID_REQUEST (caller) when the file cannot be written */
export async function writeResultFile(io: CliIo, file: ResultFile, text: string): Promise<void> {
  await io.writeFile(file.path, text).catch((cause: unknown) => {
    throw notWritable(file, cause);
  });
}

/**
 * For before the work, so that a file that cannot be written to does not cost the work. What is in it stays.
 * @throws INVALID_REQUEST (caller) when the file cannot be written
 */
export async function checkResultFile(io: CliIo, file: ResultFile): Promise<void> {
  await io.checkWritable(file.path).catch((cause: unknown) => {
    throw notWritable(file, cause);
  });
}

function notWritable({ option, path }: ResultFile, cause: unknown): FihristError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new FihristError('INVALID_REQUEST', `${option} must be a file that can be written to: ${reason}.`, {
    details: { field: option, allowed: 'a file that can be written to', value: path },
    cause,
  });
}

/** Records as JSON Lines. */
export function toJsonLines(records: readonly unknown[]): string {
  return records.map((record) => `${JSON.stringify(record)}\n`).join('');
}
