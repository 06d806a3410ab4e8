import { type Html, html } from '../html/html.js';

const WIDTH = 600;
const HEIGHT = 80;

export interface BarChart {
  /** Oldest first; none is negative. */
  readonly values: readonly number[];
  /** How many bars there is room for; they are put at the end. */
  readonly room: number;
  /** What the bars say, in a sentence: for those who do not see them. */
  readonly description: string;
}

/** A chart of thin bars as SVG. Time goes with the direction of the page (the style sheet turns it). */
export function barChart({ values, room, description }: BarChart): Html {
  const step = WIDTH / Math.max(1, room);
  const highest = Math.max(...values, Number.MIN_VALUE);
  const first = room - values.length;
  return html`<svg class="chart" viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" role="img" aria-label="${description}">
<line x1="0" y1="${HEIGHT}" x2="${WIDTH}" y2="${HEIGHT}"/>
${values.map((value, i) => {
  const height = value === 0 ? 0 : Math.max(2, (value / highest) * (HEIGHT - 4));
  return html`<rect x="${((first + i) * step).toFixed(1)}" y="${(HEIGHT - height).toFixed(1)}" width="${(step * 0.7).toFixed(1)}" height="${height.toFixed(1)}"/>`;
})}
</svg>`;
}
