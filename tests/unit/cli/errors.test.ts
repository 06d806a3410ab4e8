import { describe, expect, it } from 'vitest';
import { type ErrorCode, FihristError } from '../../../src/domain/errors.js';
import { runCaptured } from './run-captured.js';

const failing = (error: unknown) => ({
  openArchive: async () => {
    throw error;
  },
});

describe('an error of a command', () => {
  it('is one line on standard error, with its code', async () => {
    const error = new FihristError('STORE_LOCKED', 'Another process is using the index.');
    const { stdout, stderr } = await runCaptured(['stats'], failing(error));
    expect(stdout).toBe('');
    expect(stderr).toBe('fihrist: Another process is using the index. (STORE_LOCKED)\n');
  });

  it('is one line of JSON when JSON is wanted, with details in snake_case', async () => {
    const details = { file: 'a.db', sizeBytes: 3 };
    const error = new FihristError('STORE_UNUSABLE', 'Damaged.', { details });
    const { stdout, stderr } = await runCaptured(['stats', '--json'], failing(error));
    expect(stderr).toBe('');
    expect(stdout).toBe(
      '{"error":{"code":"STORE_UNUSABLE","message":"Damaged.","details":{"file":"a.db","size_bytes":3}}}\n',
    );
  });

  it.each([
    ['ARTICLE_NOT_FOUND', 1],
    ['MODEL_NOT_FOUND', 3],
    ['VECTOR_NOT_FINITE', 70],
  ] as ReadonlyArray<[ErrorCode, number]>)('with the code %s exits with %i', async (code, exitCode) => {
    expect(await runCaptured(['stats'], failing(new FihristError(code, 'No.')))).toMatchObject({ exitCode });
  });

  it('that nobody foresaw exits with 70, without a stack trace', async () => {
    const { exitCode, stderr } = await runCaptured(['stats'], failing(new TypeError('x is undefined')));
    expect(exitCode).toBe(70);
    expect(stderr).toContain('x is undefined (INTERNAL)');
    expect(stderr.split('\n')).toHaveLength(2);
  });

  it('cannot steer the terminal', async () => {
    const error = new FihristError('CORPUS_NOT_FOUND', 'There is no \u001b[2Jfolder.');
    const { stderr } = await runCaptured(['stats'], failing(error));
    expect(stderr).not.toContain('\u001b');
  });

  it('after an interruption exits with 130', async () => {
    const interrupted = AbortSignal.abort();
    const { exitCode, stderr } = await runCaptured(['stats'], failing(interrupted.reason), { interrupted });
    expect(exitCode).toBe(130);
    expect(stderr).toBe('fihrist: stopped before the end.\n');
  });
});
