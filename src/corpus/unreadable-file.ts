import { FihristError } from '../domain/errors.js';

/** Wraps what the file system said about a file or folder of the corpus. */
export function unreadableFile(name: string, cause: unknown): FihristError {
  const code = systemCode(cause);
  return new FihristError('CORPUS_UNREADABLE', `${name} cannot be read (${code}).`, {
    details: { file: name, systemCode: code },
    cause,
  });
}

/** The file system's own word for what went wrong, such as EACCES. */
export function systemCode(cause: unknown): string {
  const known = cause instanceof Error && 'code' in cause && typeof cause.code === 'string';
  return known ? String(cause.code) : 'unknown reason';
}
