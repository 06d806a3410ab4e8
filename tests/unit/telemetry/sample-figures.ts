import type { ArchiveFigures, ServiceFigures } from '../../../src/telemetry/service-figures.js';

export const sampleArchiveFigures: ArchiveFigures = {
  articles: 48,
  passagesByLanguage: { ar: 143, en: 144 },
  sizeBytes: 9_855_128,
  generation: 49,
  indexSize: 287,
  waitingTexts: { query: 2, passage: 64 },
  caches: {
    queries: { hits: 7, misses: 3, entries: 3, sizeBytes: 4_608 },
    results: { hits: 5, misses: 5, entries: 4, sizeBytes: 40_000 },
  },
  modelFingerprint: 'fake-model:1',
};

export const sampleFigures: ServiceFigures = {
  requestsInFlight: 1,
  isReady: true,
  conditions: [],
  tasks: { queued: 3, running: 1 },
  memory: { ceilingBytes: 2_000_000_000, residentBytes: 1_500_000_000, emptied: 3 },
  lastBackupMs: Date.UTC(2026, 0, 31, 8),
  archive: sampleArchiveFigures,
};
