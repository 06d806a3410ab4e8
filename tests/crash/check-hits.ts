import type { Findings } from './findings.js';
import type { Ledger } from './ledger.js';
import type { Hit } from './service-client.js';
import type { WrittenArticle } from './written-article.js';

/**
 * Every hit must be a part of a state that its article could have had while the search ran: an answer from a damaged or
 * outdated index would not be.
 * @param startedMs  When the search was sent, by `performance.now()`.
 */
export function checkHits(
  hits: readonly Hit[],
  { ledger, findings, startedMs }: { ledger: Ledger; findings: Findings; startedMs: number },
): void {
  const endedMs = performance.now();
  for (const { article_id: id, text } of hits) {
    const states = ledger.visible(id, startedMs, endedMs);
    // Every paragraph of a state has its tag; words are compared, since short paragraphs are joined to one passage.
    const words = text.split(/\s+/).join(' ');
    const isOf = (state: WrittenArticle) => state.text.split(/\s+/).join(' ').includes(words);
    if (states.some((state) => words.includes(state.tag) && isOf(state))) continue;
    const allowed = states.map(({ tag }) => tag).join(' or ') || 'nothing';
    findings.wrong.push(`a search found "${text.slice(0, 80)}" of ${id}, which had ${allowed} to be found`);
  }
}
