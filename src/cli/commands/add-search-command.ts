import type { Command } from 'commander';
import { toSearchReply } from '../../search/search-reply.js';
import { SEARCH_LIMITS } from '../../search/search-request.js';
import { printJson, printLines } from '../cli-io.js';
import type { CommandContext } from '../create-program.js';
import { formatHits } from '../format-hits.js';
import { readSearchRequest, type SearchOptions } from '../read-search-request.js';
import { screenLayout } from '../screen-layout.js';
import { withArchive } from '../with-archive.js';

/** `fihrist search`: passages that answer a question, with the sentence that does. */
export function addSearchCommand(program: Command, { services, io }: CommandContext): void {
  const { minLimit, maxLimit, defaultLimit, maxDepth } = SEARCH_LIMITS;
  program
    .command('search')
    .description('Find the passages that answer a question in either language.')
    .argument('<query...>', 'the question; several words are joined by blanks')
    .option('--limit <n>', `hits wanted, ${minLimit} to ${maxLimit}`, String(defaultLimit))
    .option('--offset <n>', `hits to pass over; offset + limit is at most ${maxDepth}`, '0')
    .option(
      '--language <code>',
      'only passages in this language, ar or en; may be given twice',
      (code: string, before: readonly string[]) => [...before, code],
      [],
    )
    .option('--json', 'print the reply as one line of JSON')
    .addHelpText('after', '\nExample:\n  fihrist search "متى افتتحت قناة السويس؟" --limit 3 --language en')
    .action(async (words: readonly string[], options: SearchOptions & { json?: true }) => {
      const request = readSearchRequest(words.join(' '), options);
      await withArchive(services, 'read', async (archive) => {
        const started = performance.now();
        const result = await archive.search(request, io.interrupted);
        const tookMs = performance.now() - started;
        if (options.json) printJson(io, toSearchReply(result, tookMs));
        else printLines(io, formatHits(result, { offset: request.offset, tookMs, screen: screenLayout(io) }));
      });
    });
}
