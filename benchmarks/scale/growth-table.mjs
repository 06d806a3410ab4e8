import { rounded } from '../load/figures.mjs';
import { alone, scaleRows } from './scale-rows.mjs';

const row = (cells) => `| ${cells.join(' | ')} |`;

/**
 * Figures of archives side by side, as lines of Markdown: `9.7 · 1.75` is 9.7, and 1.75 times what the row names as its floor.
 * @param {Array<{ built: object, measured: object, index: object | null }>} archives  The smallest first; of what
 *   build-archive.mjs, measure.mjs and measure-index.mjs tell.
 */
export function growthTable(archives) {
  const columns = archives.map(rowsOf);
  const head = ['', '÷', ...archives.map(({ measured }) => `${measured.passages.toLocaleString('en-US')} passages`)];
  return [
    row(head),
    row(head.map((_, i) => (i < 2 ? '---' : '---:'))),
    ...columns[0].map(({ name, floor }, i) => row([name, floor, ...columns.map((rows) => cell(rows[i]))])),
  ];
}

function rowsOf({ built, measured, index }) {
  const found =
    index === null
      ? []
      : [
          alone('index alone, of real texts: missed of the 10 nearest, %', 100 * (1 - index.recall)),
          alone('index alone, p50 ms', index.p50),
          alone('index alone, p95 ms', index.p95),
        ];
  return [
    alone('writing, passages a second, without the model', built.perSecond),
    alone('memory while writing, at most, MB', built.peakMb),
    ...scaleRows(measured),
    ...found,
  ];
}

function cell({ value, times }) {
  return times === null ? rounded(value) : `${rounded(value)} · ${rounded(times)}`;
}
