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

/** Backups of which there is one, and of which any number can be begun. */
export function sampleBackups(): ReturnType<HttpServerOptions['backups']> {
  const get = async (id: string) => {
    if (id === sampleBackup.id) return sampleBackup;
    throw new FihristError('BACKUP_NOT_FOUND', `No backup has the id "${id}".`, { details: { id } });
  };
  return {
    start: async () => runningBackup,
    list: async () => [sampleBackup],
    get,
    checksums: async () => new Map([['fihrist.db', '8c1e'.repeat(16)]]),
    delete: async (id) => void (await get(id)),
  };
}
