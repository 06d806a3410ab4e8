import type { Command } from 'commander';
import { printJson, printLines } from '../cli-io.js';
import type { CommandContext } from '../create-program.js';
import { formatTuning, tuningToJson } from '../format-tuning.js';
import { withProgress } from '../progress-reporter.js';
import { toWeightsModule } from '../to-weights-module.js';
import { tuningWork } from '../work-progress.js';
import { checkResultFile, writeResultFile } from '../write-result-file.js';

/** `fihrist tune`: chooses the weights of the ranking, and when a question counts as answered, by question sets. */
export function addTuneCommand(program: Command, { services, io }: CommandContext): void {
  program
    .command('tune')
    .description('Choose the weights of the ranking on the tuning halves of question sets.')
    .argument('<dir...>', 'folders in BEIR form')
    .option('--out <file>', 'write the weights as a TypeScript module, such as src/search/tuned-weights.ts')
    .option('--json', 'print weights and figures as one line of JSON')
    .addHelpText(
      'after',
      '\nExample:\n  fihrist tune sets/xquad-ar-ar sets/xquad-mixed --out src/search/tuned-weights.ts',
    )
    .action(async (folders: readonly string[], { out, json }: { out?: string; json?: true }) => {
      const file = out === undefined ? null : { option: 'out', path: out };
      // Before the work, so that a file that cannot be written does not cost the work.
      if (file !== null) await checkResultFile(io, file);
      const report = await withProgress(io.stderr, (show) =>
        services.tuneWeights(folders, (progress) => show(tuningWork(progress)), io.interrupted),
      );
      if (file !== null) await writeResultFile(io, file, toWeightsModule(report));
      if (json) printJson(io, tuningToJson(report));
      else printLines(io, formatTuning(report));
    });
}
