import type { Edition } from '../../editions/list-editions.js';
import type { StoreStats } from '../../storage/article-store.js';
import type { TaskView } from '../../tasks/task-view.js';
import { type Html, html } from '../html/html.js';
import { barChart } from '../parts/bar-chart.js';
import { taskList } from '../parts/task-list.js';
import type { RecentSearches } from '../recent-searches.js';
import type { UiContext } from '../ui-context.js';
import { formatMoment, formatNumber, formatSize } from '../words/format-values.js';

/** How far a run of indexing has come. */
export interface IndexingProgress {
  readonly articlesDone: number;
  readonly articlesTotal: number;
}

/** What is in the archive, and what reads it. */
export interface ArchiveFigures
  extends Pick<StoreStats, 'articles' | 'passages' | 'generation' | 'sizeBytes'> {
  readonly passagesByLanguage: StoreStats['passagesByLanguage'];
  readonly modelName: string;
  /** Those beside what is served. */
  readonly editions: readonly Edition[];
}

export interface StatusView {
  readonly ready: boolean;
  /** Null when nothing is being indexed. */
  readonly indexing: IndexingProgress | null;
  /** Null as long as the archive is not open. */
  readonly archive: ArchiveFigures | null;
  /** Those that are not over; null when they are not to be shown. */
  readonly tasks: readonly TaskView[] | null;
  readonly searches: RecentSearches;
  readonly version: string;
  readonly startedAt: Date;
  readonly now: Date;
}

/** The main part of the page about the state of the service. */
export function statusPage(ui: UiContext, view: StatusView): Html {
  const { words } = ui;
  const { status } = words;
  return html`<div class="status" data-refresh="5">
<h1>${status.heading}</h1>
<p class="state${view.ready && ' state-ready'}" role="status">${view.ready ? status.ready : status.notReady}</p>
<dl class="figures">
${archiveFigures(ui, view.archive)}
${figure(status.version, html`<bdi dir="ltr">${view.version}</bdi>`)}
${figure(status.uptime, html`<time datetime="${view.startedAt.toISOString()}">${formatMoment(words, view.startedAt)}</time>`)}
</dl>
${editionList(ui, view.archive?.editions ?? [])}<section aria-labelledby="indexing"><h2 id="indexing">${status.indexing}</h2>
${indexingState(ui, view)}</section>
${
  view.tasks !== null &&
  html`<section aria-labelledby="tasks"><h2 id="tasks">${status.tasks}</h2>
${taskList(ui, view.tasks)}</section>\n`
}<section aria-labelledby="latency"><h2 id="latency">${status.latency}</h2>
${latency(ui, view.searches.durationsMs())}</section>
<section aria-labelledby="load"><h2 id="load">${status.load}</h2>
${load(ui, view.searches.perMinute(view.now.getTime()))}</section>
<p class="quiet refreshes" hidden>${status.refreshes}</p>
</div>`;
}

function figure(name: string, value: Html): Html {
  return html`<div><dt>${name}</dt><dd>${value}</dd></div>\n`;
}

function archiveFigures(ui: UiContext, archive: ArchiveFigures | null): Html | null {
  if (archive === null) return null;
  const { words } = ui;
  const { status, languages } = words;
  const byLanguage = (['ar', 'en'] as const).map(
    (language, i) =>
      html`${i > 0 && ' · '}${languages[language]} ${formatNumber(words, archive.passagesByLanguage[language])}`,
  );
  return html`${figure(status.articles, html`${formatNumber(words, archive.articles)}`)}
${figure(status.passages, html`${formatNumber(words, archive.passages)} <small>${byLanguage}</small>`)}
${figure(status.generation, html`${formatNumber(words, archive.generation)}`)}
${figure(status.size, html`${formatSize(words, archive.sizeBytes)}`)}
${figure(status.model, html`<bdi dir="ltr">${archive.modelName}</bdi>`)}`;
}

/** Nothing where there are none. */
function editionList({ words }: UiContext, editions: readonly Edition[]): Html | null {
  if (editions.length === 0) return null;
  const { status } = words;
  const names = { next: status.nextEdition, previous: status.previousEdition };
  const items = editions.map(({ place, fingerprint, articles, passagesLeft, changedAt, sizeBytes }) => {
    const figures = status.editionFigures(formatNumber(words, articles), formatSize(words, sizeBytes));
    const left = passagesLeft > 0 && html`<br>${status.editionLeft(formatNumber(words, passagesLeft))}`;
    const at = new Date(changedAt);
    return html`<li>${names[place]}: <bdi dir="ltr">${fingerprint}</bdi><br>${figures}${left}<br>${status.changedAt}: <time datetime="${changedAt}">${formatMoment(words, at)}</time></li>\n`;
  });
  return html`<section aria-labelledby="editions"><h2 id="editions">${status.editions}</h2>
<ul>${items}</ul></section>\n`;
}

function indexingState({ words }: UiContext, { indexing }: StatusView): Html {
  const { status } = words;
  if (indexing === null) return html`<p>${status.idle}</p>`;
  const { articlesDone, articlesTotal } = indexing;
  const progress = status.indexingProgress(
    formatNumber(words, articlesDone),
    formatNumber(words, articlesTotal),
  );
  return html`<p><label for="progress">${progress}</label></p>
<progress id="progress" max="${Math.max(1, articlesTotal)}" value="${articlesDone}"></progress>`;
}

function latency({ words }: UiContext, durationsMs: readonly number[]): Html {
  const { status } = words;
  if (durationsMs.length === 0) return html`<p>${status.latencyNone}</p>`;
  const sorted = [...durationsMs].sort((one, other) => one - other);
  const inWords = (ms: number) => status.milliseconds(formatNumber(words, ms, ms < 10 ? 1 : 0));
  const text = status.latencyFigures(
    inWords(sorted[Math.floor(sorted.length / 2)] ?? 0),
    inWords(sorted.at(-1) ?? 0),
    formatNumber(words, sorted.length),
  );
  return html`<p>${text}</p>${barChart({ values: durationsMs, room: 120, description: text })}`;
}

function load({ words }: UiContext, perMinute: readonly number[]): Html {
  const sum = perMinute.reduce((total, count) => total + count, 0);
  const text = words.status.loadFigures(
    formatNumber(words, sum),
    formatNumber(words, Math.max(0, ...perMinute)),
  );
  return html`<p>${text}</p>${barChart({ values: perMinute, room: perMinute.length, description: text })}`;
}
