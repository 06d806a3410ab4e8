import type { Command } from 'commander';
import { type CliIo, printJson, printLines } from '../cli-io.js';
import type { AblationReport } from '../cli-services.js';
import type { CommandContext } from '../create-program.js';
import { formatAblations } from '../format-ablations.js';
import { withProgress } from '../progress-reporter.js';
import { replaceBetweenMarkers } from '../replace-between-markers.js';
import { evaluationWork } from '../work-progress.js';
import { checkResultFile, writeResultFile } from '../write-result-file.js';

/** Name of the markers between which a page has the table. */
const MARKERS = 'ablations';

interface AblationOptions {
  readonly page?: string;
  readonly commit?: string;
  readonly json?: true;
}

/** Puts the table into its place. */
type FillPage = (table: readonly string[]) => Promise<void>;

/** `fihrist ablations`: what each feature of the ranking is worth. */
export function addAblationsCommand(program: Command, { services, io }: CommandContext): void {
  program
    .command('ablations')
    .description('Measure the ranking without each of its features in turn.')
    .argument('<dir...>', 'folders in BEIR form')
    .option('--page <file>', 'write the table into this page, between its markers')
    .option('--commit <id>', 'what to name the measured program by in the table')
    .option('--json', 'print the figures as one line of JSON')
    .addHelpText('after', '\nExample:\n  fihrist ablations sets/xquad-ar-ar sets/xquad-ar-en')
    .action(async (folders: readonly string[], { page, commit, json }: AblationOptions) => {
      const fillPage = page === undefined ? null : await openPage(io, page);
      const report = await withProgress(io.stderr, (show) =>
        services.measureAblations(folders, (progress) => show(evaluationWork(progress)), io.interrupted),
      );
      const table = formatAblations(report, commit ?? null);
      await fillPage?.(table);
      if (json) printJson(io, ablationsToJson(report));
      else printLines(io, table);
    });
}

/** Before the work, so that a page that cannot be filled does not cost the work. */
async function openPage(io: CliIo, path: string): Promise<FillPage> {
  const file = { option: 'page', path };
  await checkResultFile(io, file);
  const page = { path, text: await io.readFile(path) };
  replaceBetweenMarkers(page, MARKERS, []);
  return (table) => writeResultFile(io, file, replaceBetweenMarkers(page, MARKERS, table));
}

function ablationsToJson({ modelFingerprint, sets }: AblationReport) {
  return {
    model_fingerprint: modelFingerprint,
    sets: sets.map(({ set, questions, complete, ablations }) => ({
      set,
      questions,
      'ndcg@10': complete,
      without: Object.fromEntries(
        ablations.map(({ feature, interval, difference, ...measures }) => [
          feature,
          { ...measures, difference, interval: [interval.low, interval.high] },
        ]),
      ),
    })),
  };
}
