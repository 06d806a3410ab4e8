import { type Command, Option } from 'commander';
import { EDITION_PLACES, type EditionPlace } from '../../storage/edition-places.js';
import { printJson, printLines } from '../cli-io.js';
import type { CommandContext } from '../create-program.js';
import { formatReembedded, reembeddedToJson } from '../format-editions.js';
import { withProgress } from '../progress-reporter.js';
import { reembeddingWork } from '../work-progress.js';

interface ReembedOptions {
  readonly model?: string;
  readonly drop?: EditionPlace;
  readonly json?: true;
}

/** `fihrist reembed`: the archive as another model embeds it, made beside the one that is served. */
export function addReembedCommand(program: Command, { services, io }: CommandContext): void {
  program
    .command('reembed')
    .description(
      'Embed the archive by another model, beside the one that is served; the service may run and write. ' +
        'Once it is done, a start with that model serves it. What was interrupted goes on where it was.',
    )
    .option('--model <name or folder>', 'the other model (default: FIHRIST_MODEL)')
    .addOption(
      new Option('--drop <edition>', 'remove an edition that is not served')
        .choices(EDITION_PLACES)
        .conflicts('model'),
    )
    .option('--json', 'print what was done as one line of JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  fihrist reembed --model models/other\n  FIHRIST_MODEL=models/other fihrist serve\n  fihrist reembed --drop previous',
    )
    .action(async ({ model, drop, json }: ReembedOptions) => {
      if (drop !== undefined) {
        const dropped = await services.dropEdition(drop);
        if (json) printJson(io, { edition: drop, dropped });
        else printLines(io, [dropped ? `Removed: ${drop}` : `There is no ${drop} edition.`]);
        return;
      }
      const report = await withProgress(io.stderr, (show) =>
        services.reembed(model, (progress) => show(reembeddingWork(progress)), io.interrupted),
      );
      if (json) printJson(io, reembeddedToJson(report));
      else printLines(io, formatReembedded(report));
    });
}
