import type { Backup } from '../../../src/backup/backups.js';
import { FihristError } from '../../../src/domain/errors.js';
import type { HttpServerOptions } from '../../../src/http/http-server-options.js';

const nothing = { sizeBytes: null, progress: null, manifest: null, error: null };

/** A backup that is done. */
export const sampleBackup: Backup = {
  ...nothing,
  id: '20260131T080000000Z',
  state: 'done',
  name: 'fihrist-20260131T080000000Z.tar',
  createdAt: '2026-01-31T08:00:00.000Z',
  sizeBytes: 269_849_600,
  manifest: {
    format: 'fihrist-backup',
    formatVersion: 1,
    createdAt: '2026-01-31T08:00:00.020Z',
    programVersion: '0.1.0',
    schemaVersion: 6,
    generation: 11_802,
    articles: 11_750,
    passages: 47_000,
    models: [{ fingerprint: 'a model', dimensions: 384, passages: 47_000 }],
    keys: 2,
    tasks: 0,
    sizeBytes: 269_844_480,
  },
};

/** One that is half copied. */
export const runningBackup: Backup = {
  ...nothing,
  id: '20260201T080000000Z',
  state: 'running',
  name: 'fihrist-20260201T080000000Z.tar',
  createdAt: '2026-02-01T08:00:00.000Z',
  progress: { phase: 'copying', bytesDone: 1_000, bytesTotal: 2_000, elapsedMs: 12.5 },
};

/** Backups of which there is one; one that is begun is done when it is next asked for. */
export function sampleBackups(): ReturnType<HttpServerOptions['backups']> {
  const made = new Map([[sampleBackup.id, sampleBackup]]);
  const get = async (id: string) => {
    const backup = made.get(id);
    if (backup !== undefined) return backup;
    throw new FihristError('BACKUP_NOT_FOUND', `No backup has the id "${id}".`, { details: { id } });
  };
  return {
    start: async () => {
      const { id, name, createdAt } = runningBackup;
      made.set(id, { ...sampleBackup, id, name, createdAt });
      return runningBackup;
    },
    list: async () => [...made.values()],
    get,
    checksums: async () => new Map([['fihrist.db', '8c1e'.repeat(16)]]),
    delete: async (id) => {
      await get(id);
      made.delete(id);
    },
  };
}
