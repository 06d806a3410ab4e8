import { availableParallelism } from 'node:os';
import { rounded, wanted } from '../load/figures.mjs';

const PERCENTILES = ['p50', 'p95', 'p99'];
/** What the stages of src/telemetry/search-stages.ts are called here. */
const STAGES = {
  embed_wait: 'waiting for the model',
  embed: 'the model',
  words: 'by words, meanwhile',
  vector: 'by vector',
  rank: 'ranking',
  show: 'showing',
};

/**
 * What was measured on one archive, a figure a row.
 * @param {object} measured  What measure.mjs puts together.
 * @returns {Array<{ name: string, value: number, floor: string, times: number | null }>} `times`: as many times what it cannot be
 *   below, which `floor` names; null when there is none.
 */
export function scaleRows(measured) {
  const { bare, asked, fresh, filtered, again, throughput, offered, stages, floors, disk, passages } = measured;
  const against = (name, value, floor, least) => ({ name, value, floor, times: least > 0 ? value / least : null });
  const byBare = (name, value) => against(name, value, 'forward pass', bare.p50);
  const each = (times, row) => PERCENTILES.map((p) => row(p, times[p]));
  const vectorMb = (passages * floors.dimensions * Float32Array.BYTES_PER_ELEMENT) / 2 ** 20;
  return [
    alone('bare forward pass, p50 ms', bare.p50),
    ...each(asked, (p, ms) => byBare(`question over HTTP, ${p} ms`, ms)),
    ...Object.entries(STAGES).flatMap(([stage, name]) => each(stages[stage], (p, ms) => byBare(`– ${name}, ${p} ms`, ms))),
    ...each(fresh.asked, (p, ms) => against(`asked for the first time, ${p} ms`, ms, 'forward pass', fresh.bareP50)),
    alone('all vectors compared, p50 ms', floors.exactScanMs),
    against('by vector, p50 ms', stages.vector.p50, 'all vectors compared', floors.exactScanMs),
    ...filtered.flatMap(({ share, asked: narrowed, bareP50 }) =>
      each(narrowed, (p, ms) => against(`filter that keeps ${100 * share} %, ${p} ms`, ms, 'forward pass', bareP50)),
    ),
    alone('express route that does nothing, p50 ms', floors.emptyRouteMs),
    against('question asked again, p50 ms', again.p50, 'forward pass', again.bareP50),
    against('the same', again.p50, 'empty route', floors.emptyRouteMs),
    ...throughput.map(({ callers, perSecond }) =>
      against(`answers a second, ${callers} ${callers === 1 ? 'client' : 'clients'}`, perSecond, 'cores ÷ forward pass', answersAtMost(bare.p50)),
    ),
    ...offered.flatMap(({ share, refused_share: refused, lost, ...times }) => {
      const name = `as they come, ${100 * share} % of the most`;
      return [
        ...PERCENTILES.map((p) => byBare(`${name}, ${p} ms`, times[`answered_${p}_ms`])),
        alone(`${name}, turned away or lost, %`, 100 * (refused + lost / times.asked)),
      ];
    }),
    alone('start to ready, ms', measured.startMs),
    alone('start without a snapshot, ms', measured.startWithoutSnapshotMs),
    against('memory after start, MB', measured.idleMb, 'passage vectors', vectorMb),
    against('memory after the load, MB', measured.busyMb, 'passage vectors', vectorMb),
    against('database on disk, MB', disk.databaseMb, 'passage vectors', vectorMb),
    against('snapshot on disk, MB', disk.snapshotMb, 'passage vectors', vectorMb),
  ];
}

/** A figure that nothing is compared with. */
export function alone(name, value) {
  return { name, value, floor: '', times: null };
}

/** For people. */
export function scaleTable(rows) {
  return [
    ['', '', '×', ''],
    ...rows.map(({ name, value, floor, times }) => [name, rounded(value), times === null ? '' : rounded(times), floor]),
  ];
}

/** What must hold with 100,000 passages. */
export function scaleFigures({ bare, asked, again, throughput, startMs, busyMb }) {
  const at16 = throughput.find(({ callers }) => callers === 16).perSecond;
  return [
    wanted('question over HTTP ÷ bare forward pass, p50', asked.p50 / bare.p50, 1.8),
    wanted('p95 of questions ÷ p95 of bare forward passes', asked.p95 / bare.p95, 2.5),
    wanted('asked again ÷ bare forward pass, p50', again.p50 / again.bareP50, 0.3),
    wanted('cores ÷ forward pass, over answers a second at 16 clients', answersAtMost(bare.p50) / at16, 1 / 0.6),
    wanted('start to ready, ms', startMs, 2_000),
    wanted('memory after the load, MB', busyMb, 1_200),
  ];
}

/** Answers a second if there were nothing but the forward pass, on every core. */
function answersAtMost(bareMs) {
  return availableParallelism() / (bareMs / 1_000);
}
