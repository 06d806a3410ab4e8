import { SEARCH_STAGES } from '../../dist/telemetry/search-stages.js';
import { percentiles } from '../load/figures.mjs';
import { askInTurns } from './ask-in-turns.mjs';
import { startService } from './running-service.mjs';

/**
 * Where the time of a search goes: a service of its own writes each one down (FIHRIST_SLOW_QUERY_MS), asked as in `askInTurns`.
 * @returns {Promise<{ startMs: number, stages: Record<string, { p50: number, p95: number, p99: number }> }>} Milliseconds, to tenths
 */
export async function measureStages(settings, model, { warming, measured }) {
  const searches = [];
  const service = await startService(
    { ...settings, FIHRIST_SLOW_QUERY_MS: '1', FIHRIST_LOG_LEVEL: 'info' },
    { onLine: ({ stages_ms: stages }) => stages !== undefined && searches.push(stages) },
  );
  await service.quiet();
  await askInTurns(service, model, { rounds: warming });
  const warmed = searches.length;
  await askInTurns(service, model, { rounds: measured });
  await service.stop();
  const measuredSearches = searches.slice(warmed);
  const timesOf = (stage) => measuredSearches.map((search) => search[stage]);
  const stages = Object.fromEntries(SEARCH_STAGES.map((stage) => [stage, percentiles(timesOf(stage))]));
  return { startMs: service.startMs, stages };
}
