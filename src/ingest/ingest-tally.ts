import type { RawArticle } from '../domain/article.js';
import type { FihristError } from '../domain/errors.js';
import type { IngestProblem, IngestProgress, IngestReport } from './ingest-report.js';
import { type IngestPlan, toProblem } from './plan-changes.js';
import type { WrittenArticle } from './write-article.js';

/** Counts what a run does, and tells whoever watches. */
export class IngestTally {
  readonly #onProgress: ((progress: IngestProgress) => void) | undefined;
  readonly #started: number;
  readonly #problems: IngestProblem[] = [];
  #articlesTotal = 0;
  #charactersTotal = 0;
  #charactersDone = 0;
  #added = 0;
  #updated = 0;
  #failed = 0;
  #passagesEmbedded = 0;
  #textsEmbedded = 0;

  constructor(onProgress: ((progress: IngestProgress) => void) | undefined, started: number) {
    this.#onProgress = onProgress;
    this.#started = started;
  }

  reading(articles: number): void {
    this.#articlesTotal = articles;
    this.#report('reading');
  }

  start(plan: IngestPlan): void {
    this.#articlesTotal = plan.changed.size;
    this.#charactersTotal = plan.characters;
    this.#problems.push(...plan.problems);
    if (plan.changed.size > 0) this.#report('embedding');
  }

  done(raw: RawArticle, written: WrittenArticle): void {
    if (written.status === 'created') this.#added++;
    else this.#updated++;
    this.#passagesEmbedded += written.passagesEmbedded;
    this.#textsEmbedded += written.textsEmbedded;
    this.#charactersDone += raw.text.length;
    this.#report('embedding');
  }

  failed(raw: RawArticle, error: FihristError): void {
    this.#failed++;
    this.#charactersDone += raw.text.length;
    this.#problems.push(toProblem(error));
    this.#report('embedding');
  }

  problem(error: FihristError): void {
    this.#problems.push(toProblem(error));
  }

  publishing(): void {
    if (this.#articlesTotal > 0) this.#report('publishing');
  }

  finish(plan: IngestPlan, started: number): IngestReport {
    this.#report('done');
    return {
      added: this.#added,
      updated: this.#updated,
      unchanged: plan.unchanged,
      removed: plan.removed.length,
      problems: this.#problems,
      passagesEmbedded: this.#passagesEmbedded,
      textsEmbedded: this.#textsEmbedded,
      tookMs: performance.now() - started,
    };
  }

  #report(phase: IngestProgress['phase']): void {
    this.#onProgress?.({
      phase,
      articlesDone: phase === 'reading' ? 0 : this.#added + this.#updated + this.#failed,
      articlesTotal: this.#articlesTotal,
      charactersDone: this.#charactersDone,
      charactersTotal: this.#charactersTotal,
      passagesDone: this.#passagesEmbedded,
      elapsedMs: performance.now() - this.#started,
    });
  }
}
