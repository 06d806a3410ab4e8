import { execFileSync } from 'node:child_process';
import { constants, cpus, setPriority } from 'node:os';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { parseArgs } from 'node:util';

/** @returns {number | null} Null when there are no values */
export function quantile(values, share) {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
}

/** What is told of times: `p50`, `p95`, `p99`. */
export function percentiles(times) {
  return { p50: quantile(times, 0.5), p95: quantile(times, 0.95), p99: quantile(times, 0.99) };
}

/** Who is turned away learns so before a person could notice. */
export const REFUSED_WITHIN_MS = 20;

/** What became of a load: how many were answered, refused and lost, and how long that took. */
export function summarise(outcomes) {
  const answered = outcomes.filter(({ status }) => status === 200).map(({ latencyMs }) => latencyMs);
  const refused = outcomes.filter(({ status }) => status === 503).map(({ replyMs }) => replyMs);
  const others = outcomes.filter(({ status }) => status !== 200 && status !== 503);
  const reasons = {};
  for (const { status, failure } of others) {
    const reason = status === null ? failure : `status ${status}`;
    reasons[reason] = (reasons[reason] ?? 0) + 1;
  }
  return {
    asked: outcomes.length,
    answered: answered.length,
    refused: refused.length,
    lost: others.length,
    lost_reasons: reasons,
    refused_share: outcomes.length === 0 ? 0 : refused.length / outcomes.length,
    answered_p50_ms: quantile(answered, 0.5),
    answered_p95_ms: quantile(answered, 0.95),
    answered_p99_ms: quantile(answered, 0.99),
    refused_p50_ms: quantile(refused, 0.5),
    refused_p95_ms: quantile(refused, 0.95),
    refused_p99_ms: quantile(refused, 0.99),
    refused_max_ms: quantile(refused, 1),
    refused_late: refused.filter((ms) => ms > REFUSED_WITHIN_MS).length,
  };
}

/**
 * Lets this process go before others, where that may be done (as root): on a machine where the service keeps all cores
 * busy, it would measure how late it is itself.
 */
export function measureServiceNotSelf() {
  try {
    setPriority(constants.priority.PRIORITY_HIGH);
  } catch {
    // As late as the others; `withOwnDelay` tells.
  }
}

/** Runs `work`, and tells how late this process itself was meanwhile: what it measures cannot be better than that. */
export async function withOwnDelay(work) {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const result = await work();
  delay.disable();
  return { result, ownDelayP99Ms: delay.percentile(99) / 1e6 };
}

/** @param options  As for `parseArgs`. */
export function readOptions(options) {
  return parseArgs({
    options: {
      url: { type: 'string', default: 'http://127.0.0.1:3000' },
      key: { type: 'string' },
      seconds: { type: 'string', default: '60' },
      json: { type: 'boolean', default: false },
      ...options,
    },
  }).values;
}

/** Where and of what figures are. @param loadBefore  Of the machine, before anything was measured. */
export function describeMachine(loadBefore) {
  const commit = execFileSync('git', ['describe', '--always', '--dirty'], { encoding: 'utf8' }).trim();
  return `${cpus()[0].model}, ${cpus().length} cores, Node ${process.version}, commit ${commit}, load before ${loadBefore.toFixed(1)}.`;
}

/** One figure that is wanted to hold. */
export function wanted(name, value, atMost) {
  return { name, value, at_most: atMost, held: value !== null && value <= atMost };
}

/** Prints a report for people or, as one line, for programs, and fails when a figure does not hold. */
export function report({ title, rows, figures, json, data }) {
  if (json) {
    process.stdout.write(`${JSON.stringify({ ...data, figures })}\n`);
  } else {
    const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => String(row[column]).length)));
    const line = (row) =>
      row.map((cell, i) => (i === 0 ? String(cell).padEnd(widths[i]) : String(cell).padStart(widths[i]))).join('  ');
    const verdicts = figures.map(
      ({ name, value, at_most: atMost, held }) =>
        `${held ? 'held    ' : 'NOT HELD'}  ${name}: ${rounded(value)} (wanted: at most ${atMost})`,
    );
    process.stdout.write(`${[title, '', ...rows.map(line), '', ...verdicts].join('\n')}\n`);
  }
  if (figures.some(({ held }) => !held)) process.exitCode = 1;
}

export function rounded(value) {
  if (value === null || value === undefined) return '–';
  return value.toLocaleString('en-US', { maximumFractionDigits: value < 10 ? 2 : 1 });
}
