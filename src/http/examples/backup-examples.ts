import type { Route } from '../route.js';

/** A backup that is being made. */
export const RUNNING_BACKUP = {
  id: '20260131T080000000Z',
  state: 'running',
  name: 'fihrist-20260131T080000000Z.tar',
  created_at: '2026-01-31T08:00:00.000Z',
  size_bytes: null,
  progress: { phase: 'copying', bytes_done: 81_920_000, bytes_total: 269_844_480 },
  content: null,
  error: null,
} as const;

/** A backup that is done. */
export const BACKUP_EXAMPLES: Route['examples'] = {
  done: {
    summary: 'A backup that is done',
    path: { id: RUNNING_BACKUP.id },
    reply: {
      ...RUNNING_BACKUP,
      state: 'done',
      size_bytes: 269_849_600,
      progress: null,
      content: {
        articles: 11_750,
        passages: 47_000,
        keys: 2,
        tasks: 0,
        index_generation: 11_802,
        schema_version: 6,
        program_version: '0.1.0',
      },
      checksums: {
        'manifest.json': '0d5f6f0c7f3c0a6a8b0b7f8e1f0a9c2d3e4b5a69788796a5b4c3d2e1f0918273',
        'fihrist.db': '8c1e4f5a6b7c8d9eaf01b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f607',
        'keys.db': '5e7d6c5b4a39281706f5e4d3c2b1a09f8e7d6c5b4a39281706f5e4d3c2b1a09f',
      },
    },
  },
};
