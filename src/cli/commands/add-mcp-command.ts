import type { Command } from 'commander';
import type { CommandContext } from '../create-program.js';

/** `fihrist mcp`: the archive as a tool of an assistant that starts programs. Prints nothing of its own. */
export function addMcpCommand(program: Command, { services, io }: CommandContext): void {
  program
    .command('mcp')
    .description('Speak the Model Context Protocol over standard input and output, for assistants.')
    .option('--json', 'report an error as one line of JSON')
    .addHelpText(
      'after',
      '\nExample:\n  fihrist mcp\n\nAssistants start it themselves; in their settings:\n  {"command": "fihrist", "args": ["mcp"]}',
    )
    .action(() => services.serveMcp(io.interrupted));
}
