import { fork } from 'node:child_process';
import { once } from 'node:events';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { openExactVectorIndex } from '../../dist/vector-index/exact-vector-index.js';
import { quantile } from '../load/figures.mjs';
import { openConnection } from '../load/one-connection.mjs';
import { seededRandom } from '../load/offer-load.mjs';
import { QUESTIONS } from './workloads.mjs';

const EMPTY_ROUTE = fileURLToPath(new URL('empty-route.mjs', import.meta.url));
const ROUNDS = { warming: 5, measured: 5 };
const SCANS = 50;
const ADDED_AT_ONCE = 1_000;

/**
 * Milliseconds of a request over HTTP for which nothing is done: express reads the JSON of a question and replies `{}`, in a
 * process of its own. Median.
 */
export async function timeEmptyRoute() {
  const child = fork(EMPTY_ROUTE);
  const [port] = await once(child, 'message');
  const connection = openConnection(port);
  const times = [];
  for (let round = 0; round < ROUNDS.warming + ROUNDS.measured; round += 1) {
    for (const query of QUESTIONS) {
      const { tookMs } = await connection.ask({ query });
      if (round >= ROUNDS.warming) times.push(tookMs);
    }
  }
  connection.close();
  child.kill();
  return quantile(times, 0.5);
}

/**
 * Milliseconds of holding a question against every vector, all of which are read from memory, in one thread. Median. Which
 * vectors they are makes no difference.
 */
export async function timeExactScan({ passages, dimensions }) {
  const random = seededRandom();
  const vector = () => Float32Array.from({ length: dimensions }, () => random() - 0.5);
  const exact = openExactVectorIndex({ dimensions });
  for (let first = 0; first < passages; first += ADDED_AT_ONCE) {
    const count = Math.min(ADDED_AT_ONCE, passages - first);
    await exact.add(Array.from({ length: count }, (_, i) => ({ label: first + i, vector: vector() })));
  }
  const times = [];
  for (let scan = 0; scan < SCANS; scan += 1) {
    const query = vector();
    const startedMs = performance.now();
    await exact.search(query, { limit: 100 });
    times.push(performance.now() - startedMs);
  }
  await exact.close();
  return quantile(times, 0.5);
}
