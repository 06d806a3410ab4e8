import type { EvaluationRun } from './mode-reports.js';

/** Smallest step between two scores: trec_eval reads them as 32-bit floats and breaks ties by document id. */
const RELATIVE_STEP = 2 ** -21;
const DECIMALS = 7;

/**
 * A run as trec_eval and its kin read it: `qid Q0 docid rank score tag`, one line a document.
 *
 * Those programs order by score and not by rank. Where a score is not lower than the one before it (the search ranks
 * in blocks, and scores may tie), it is written just below that one, so that their order is the order that was found;
 * --save-run keeps the scores as they were. A blank in an id would end its column and is written as %20.
 */
export function formatTrecRun({ mode, per_question }: EvaluationRun): string {
  return per_question
    .flatMap(({ id, ranking }) => {
      let ceiling = Number.POSITIVE_INFINITY;
      return ranking.map(([found, score], position) => {
        const written = Math.min(score, ceiling);
        ceiling = written - Math.max(Math.abs(written) * RELATIVE_STEP, 2 * 10 ** -DECIMALS);
        return `${column(id)} Q0 ${column(found)} ${position + 1} ${written.toFixed(DECIMALS)} fihrist-${mode}\n`;
      });
    })
    .join('');
}

function column(id: string): string {
  return id.replace(/\s/gu, encodeURIComponent);
}
