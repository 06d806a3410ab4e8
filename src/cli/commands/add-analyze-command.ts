import type { Command } from 'commander';
import { analyzeText } from '../../search/analyze-text.js';
import { printJson, printLines } from '../cli-io.js';
import type { CommandContext } from '../create-program.js';
import { formatAnalysis } from '../format-analysis.js';

/** `fihrist analyze`: what the words of a text are compared by. */
export function addAnalyzeCommand(program: Command, { io }: Pick<CommandContext, 'io'>): void {
  program
    .command('analyze')
    .description('Show what the words of a text are compared by: folded, stemmed, or not at all.')
    .argument('<text...>', 'the text; several words are joined by blanks')
    .option('--json', 'print the words as one line of JSON')
    .addHelpText('after', '\nExample:\n  fihrist analyze "وبالمدارسِ القديمة"')
    .action((words: readonly string[], options: { json?: true }) => {
      const analysis = analyzeText(words.join(' '));
      if (options.json) printJson(io, analysis);
      else printLines(io, formatAnalysis(analysis));
    });
}
