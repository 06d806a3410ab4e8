import { describe, expect, it } from 'vitest';
import type { BackupManifest, BackupProgress } from '../../../src/backup/backup-format.js';
import type { CliServices } from '../../../src/cli/cli-services.js';
import { FihristError } from '../../../src/domain/errors.js';
import { runCaptured } from './run-captured.js';

const manifest: BackupManifest = {
  format: 'fihrist-backup',
  formatVersion: 1,
  createdAt: '2026-01-31T08:00:00.000Z',
  programVersion: '9.8.7',
  schemaVersion: 3,
  generation: 41,
  articles: 1_234,
  passages: 5_678,
  models: [{ fingerprint: 'fake-model:1', dimensions: 384, passages: 5_678 }],
  keys: 2,
  tasks: 1,
  sizeBytes: 12_000_000,
};
const content = {
  created_at: '2026-01-31T08:00:00.000Z',
  articles: 1_234,
  passages: 5_678,
  keys: 2,
  tasks: 1,
  models: manifest.models,
  generation: 41,
  schema_version: 3,
  format_version: 1,
  program_version: '9.8.7',
};
const HALF: BackupProgress = { phase: 'copying', bytesDone: 5e6, bytesTotal: 10e6, elapsedMs: 2_000 };

function working() {
  const calls: Array<[string, { replaces: boolean }, AbortSignal]> = [];
  const services: Pick<CliServices, 'backup' | 'restore'> = {
    backup: async (file, options, onProgress, signal) => {
      calls.push([file, options, signal]);
      onProgress(HALF);
      onProgress({ phase: 'checking', bytesDone: 10e6, bytesTotal: 10e6, elapsedMs: 0 });
      return { file: `/backups/${file}`, sizeBytes: 12_345_678, manifest };
    },
    restore: async (file, options, onProgress, signal) => {
      calls.push([file, options, signal]);
      onProgress({ ...HALF, phase: 'unpacking' });
      return { indexFolder: '/data/index', manifest };
    },
  };
  return { services, calls };
}

describe('fihrist backup', () => {
  it('says where the backup is and what it holds', async () => {
    const { services, calls } = working();
    const { exitCode, stdout, stderr } = await runCaptured(['backup', 'b.tar'], services);
    expect(exitCode).toBe(0);
    expect(stdout).toBe(
      'Saved: /backups/b.tar (12.3 MB)\n' +
        'state of        2026-01-31T08:00:00.000Z\n' +
        'articles                           1,234\n' +
        'passages                           5,678\n' +
        'keys                                   2\n' +
        'waiting tasks                          1\n' +
        'model                       fake-model:1\n' +
        'schema version                         3\n',
    );
    expect(stderr).toBe('Copying: 5/10 MB, 2.5 MB/s, 0:02 left\nChecking: 10 MB\n');
    expect(calls[0]?.slice(0, 2)).toEqual(['b.tar', { replaces: false }]);
  });

  it('replaces a file only when told to, and hands an interruption on', async () => {
    const { services, calls } = working();
    const { signal } = new AbortController();
    await runCaptured(['backup', 'b.tar', '--replace'], services, { interrupted: signal });
    expect(calls[0]).toEqual(['b.tar', { replaces: true }, signal]);
  });

  it('prints what was saved as one line of JSON', async () => {
    const { stdout } = await runCaptured(['backup', 'b.tar', '--json'], working().services);
    expect(JSON.parse(stdout)).toEqual({ file: '/backups/b.tar', size_bytes: 12_345_678, ...content });
    expect(stdout.trim().split('\n')).toHaveLength(1);
  });

  it('needs a file', async () => {
    expect((await runCaptured(['backup'], working().services)).exitCode).toBe(2);
  });
});

describe('fihrist restore', () => {
  it('says what was restored, and what the next start does', async () => {
    const { services, calls } = working();
    const { stdout, stderr } = await runCaptured(['restore', 'b.tar', '--replace'], services);
    expect(stdout).toMatch(/^Restored to: \/data\/index\nstate of .*Z\narticles +1,234\n/);
    expect(stdout).toContain('The next start of the service makes the vector index');
    expect(stderr).toContain('Unpacking: 5/10 MB');
    expect(calls[0]?.slice(0, 2)).toEqual(['b.tar', { replaces: true }]);
  });

  it('prints what was restored as one line of JSON', async () => {
    const { stdout } = await runCaptured(['restore', 'b.tar', '--json'], working().services);
    expect(JSON.parse(stdout)).toEqual({ index: '/data/index', ...content });
  });

  it.each([
    ['INDEX_NOT_EMPTY', 1],
    ['BACKUP_INVALID', 3],
    ['STORE_LOCKED', 3],
  ] as const)('ends with the exit code of %s: %d', async (code, exitCode) => {
    const restore = async () => {
      throw new FihristError(code, 'It is as it is.');
    };
    const run = await runCaptured(['restore', 'b.tar'], { restore });
    expect([run.exitCode, run.stderr]).toEqual([exitCode, `fihrist: It is as it is. (${code})\n`]);
  });
});
