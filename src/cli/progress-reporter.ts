import { SingleBar } from 'cli-progress';
import type { CliOutput } from './cli-io.js';
import { describeProgress, type WorkProgress } from './work-progress.js';

/** Shows how far work is. Made for one piece of work; `stop` may be called more than once. */
export interface ProgressReporter {
  report(progress: WorkProgress): void;
  stop(): void;
}

/** A bar on a terminal, gone when the work is; elsewhere a plain line when a phase begins, then now and then. */
export function createProgressReporter(stream: CliOutput): ProgressReporter {
  return stream.isTTY === true ? barReporter(stream) : lineReporter(stream);
}

/** Shows progress while `work` runs, and clears it away however that ends. */
export async function withProgress<Result>(
  stream: CliOutput,
  work: (report: (progress: WorkProgress) => void) => Promise<Result>,
): Promise<Result> {
  const reporter = createProgressReporter(stream);
  try {
    return await work((progress) => reporter.report(progress));
  } finally {
    reporter.stop();
  }
}

const BAR_STEPS = 1_000;

function barReporter(stream: CliOutput): ProgressReporter {
  const bar = new SingleBar({
    stream,
    format: '{label} [{bar}] {percentage}%  {counts}',
    barCompleteChar: '=',
    barIncompleteChar: '-',
    barsize: 24,
    linewrap: true,
    clearOnComplete: true,
    gracefulExit: false,
  });
  let started = false;
  return {
    report(progress) {
      const value = Math.round((progress.share ?? 0) * BAR_STEPS);
      const payload = { label: progress.label, counts: describeProgress(progress) };
      if (started) bar.update(value, payload);
      else bar.start(BAR_STEPS, value, payload);
      started = true;
    },
    stop() {
      if (started) bar.stop();
      started = false;
    },
  };
}

/** Milliseconds of work between two plain lines of one phase. */
const LINE_INTERVAL_MS = 5_000;

function lineReporter(stream: CliOutput): ProgressReporter {
  let label: string | null = null;
  let lastLineAtMs = 0;
  return {
    report(progress) {
      const isNewPhase = progress.label !== label;
      if (!isNewPhase && progress.elapsedMs - lastLineAtMs < LINE_INTERVAL_MS) return;
      label = progress.label;
      lastLineAtMs = progress.elapsedMs;
      stream.write(`${progress.label}: ${describeProgress(progress)}\n`);
    },
    stop() {},
  };
}
