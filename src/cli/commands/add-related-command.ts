import type { Command } from 'commander';
import { toRelatedReply } from '../../search/related-reply.js';
import { SEARCH_DEFAULTS, SEARCH_LIMITS } from '../../search/search-request.js';
import { printJson, printLines } from '../cli-io.js';
import type { CommandContext } from '../create-program.js';
import { formatRelated } from '../format-related.js';
import { type RelatedOptions, readRelatedRequest } from '../read-related-request.js';
import { screenLayout } from '../screen-layout.js';
import { withArchive } from '../with-archive.js';

/** `fihrist related`: passages about the same as one that is known by its id. */
export function addRelatedCommand(program: Command, { services, io }: CommandContext): void {
  const { minLimit, maxLimit } = SEARCH_LIMITS;
  program
    .command('related')
    .description('Find the passages that are about the same as a passage, in either language.')
    .argument('<id>', 'the id of a passage, as search and passages print it with --json')
    .option('--limit <n>', `passages wanted, ${minLimit} to ${maxLimit}`, String(SEARCH_DEFAULTS.limit))
    .option(
      '--language <code>',
      'only passages in this language, ar or en; may be given twice',
      (code: string, before: readonly string[]) => [...before, code],
      [],
    )
    .option('--same-article', 'passages of the same article, too')
    .option('--json', 'print the reply as one line of JSON')
    .addHelpText('after', '\nExample:\n  fihrist related suez-canal-en:3e9dc22d7f --language ar --limit 3')
    .action(async (id: string, options: RelatedOptions & { json?: true }) => {
      const request = readRelatedRequest(id, options);
      await withArchive(services, 'read', async (archive) => {
        const started = performance.now();
        const result = await archive.related(request);
        const tookMs = performance.now() - started;
        if (options.json) printJson(io, toRelatedReply(result, tookMs));
        else printLines(io, formatRelated(result, { tookMs, screen: screenLayout(io) }));
      });
    });
}
