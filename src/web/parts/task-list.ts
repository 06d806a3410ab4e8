import type { TaskView } from '../../tasks/task-view.js';
import { type Html, html } from '../html/html.js';
import type { UiContext } from '../ui-context.js';
import { formatDuration, formatNumber } from '../words/format-values.js';

/** Tasks that are shown one by one; of the others there is the number. */
const SHOWN_TASKS = 5;

/** Tasks that are not over, with how far each is. */
export function taskList(ui: UiContext, tasks: readonly TaskView[]): Html {
  const { status } = ui.words;
  if (tasks.length === 0) return html`<p>${status.tasksNone}</p>`;
  const shown = tasks.slice(0, SHOWN_TASKS);
  const others = tasks.length - shown.length;
  return html`<ul class="tasks">
${shown.map((task, i) => html`<li>${taskEntry(ui, task, `task-${i + 1}`)}</li>\n`)}</ul>
${others > 0 && html`<p class="quiet">${status.moreTasks(others)}</p>`}`;
}

function taskEntry({ words }: UiContext, task: TaskView, elementId: string): Html {
  const { status } = words;
  const name = html`<span class="quiet">${status.task} <bdi dir="ltr">${task.id}</bdi></span>`;
  if (task.state === 'queued') return html`<p>${status.taskWaiting(task.articles)} ${name}</p>`;
  const { articlesDone, failed } = task.progress;
  const progress = status.indexingProgress(
    formatNumber(words, articlesDone),
    formatNumber(words, task.articles),
  );
  return html`<p><label for="${elementId}">${progress}</label> ${name}</p>
<progress id="${elementId}" max="${Math.max(1, task.articles)}" value="${articlesDone}"></progress>
<p class="task-facts">${[
    task.articlesPerSecond !== null && status.taskRate(formatNumber(words, task.articlesPerSecond, 1)),
    task.secondsLeft !== null && status.taskTimeLeft(formatDuration(words, task.secondsLeft)),
    failed > 0 && status.taskFailed(formatNumber(words, failed)),
  ].map((fact) => fact !== false && html`<span>${fact}</span> `)}</p>`;
}
