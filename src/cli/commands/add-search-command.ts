import type { Command } from 'commander';
import { toSearchReply } from '../../search/search-reply.js';
import { SEARCH_DEFAULTS, SEARCH_LIMITS, SEARCH_MODES } from '../../search/search-request.js';
import { printJson, printLines } from '../cli-io.js';
import type { CommandContext } from '../create-program.js';
import { formatHits } from '../format-hits.js';
import { readSearchRequest, type SearchOptions } from '../read-search-request.js';
import { screenLayout } from '../screen-layout.js';
import { withArchive } from '../with-archive.js';

/** `fihrist search`: passages that answer a question, with the sentence that does. */
export function addSearchCommand(program: Command, { services, io }: CommandContext): void {
  const { minLimit, maxLimit, maxDepth } = SEARCH_LIMITS;
  program
    .command('search')
    .description('Find the passages that answer a question in either language.')
    .argument('<query...>', 'the question; several words are joined by blanks')
    .option('--limit <n>', `hits wanted, ${minLimit} to ${maxLimit}`, String(SEARCH_DEFAULTS.limit))
    .option(
      '--offset <n>',
      `hits to pass over; offset + limit is at most ${maxDepth}`,
      String(SEARCH_DEFAULTS.offset),
    )
    .option('--language <code>', 'only passages in this language, ar or en; may be given twice', addTo, [])
    .option('--mode <name>', `how to find: ${SEARCH_MODES.join(', ')}`, SEARCH_DEFAULTS.mode)
    .option(
      '--filter <condition>',
      'only articles such as tags=science or published_at>=2024-01-01, or a filter as JSON; may be given often',
      addTo,
      [],
    )
    .option('--group-by-article', 'one hit an article: its best passage')
    .option('--diversity <x>', 'how much hits must differ, 0 to 1', String(SEARCH_DEFAULTS.diversity))
    .option('--explain', 'tell what each score is made of')
    .option('--json', 'print the reply as one line of JSON')
    .addHelpText('after', '\nExample:\n  fihrist search "متى افتتحت قناة السويس؟" --limit 3 --language en')
    .action(async (words: readonly string[], options: SearchOptions & { json?: true }) => {
      const request = readSearchRequest(words.join(' '), options);
      await withArchive(services, 'read', async (archive) => {
        const started = performance.now();
        const result = await archive.search(request, io.interrupted);
        const tookMs = performance.now() - started;
        if (options.json) printJson(io, toSearchReply(result, tookMs));
        else {
          const narrowed = request.languages !== undefined || request.filters !== undefined;
          const screen = screenLayout(io);
          printLines(io, formatHits(result, { offset: request.offset, tookMs, narrowed, screen }));
        }
      });
    });
}

/** For options that may be given more than once. */
function addTo(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}
