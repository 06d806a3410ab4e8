import { quantile } from '../load/figures.mjs';

const share = (value) => value.toFixed(3);
const milliseconds = (value) => value.toFixed(value < 10 ? 2 : 1);
const rate = (value) => (value < 100 ? value.toFixed(1) : Math.round(value).toLocaleString('en-US'));
const ratio = (value) => value.toFixed(value < 0.1 ? 3 : 2);
const row = (cells) => `| ${cells.join(' | ')} |`;
const table = (head, rows) => [row(head), row(head.map(() => '---')), ...rows.map(row)];

/**
 * @param {Array<{ set: string, peers: Array<{ title: string, [half]: Record<string, number> | null }> }>} sets  Each with the
 *   same peers
 * @param half  `quality` or `heldOut`
 */
export function qualityTable(sets, half) {
  const cell = (measures) => (measures === null ? '–' : `${share(measures['ndcg@10'])} · ${share(measures['recall@10'])}`);
  return table(
    ['nDCG@10 · recall@10', ...sets.map(({ set }) => set)],
    sets[0].peers.map(({ title }, i) => [title, ...sets.map(({ peers }) => cell(peers[i][half]))]),
  );
}

/**
 * Times of all questions of all sets together; indexing is all passages by all seconds, embedding included.
 * @param sets  As measured by `compare.mjs`; `references` names the peers that the others are compared with.
 */
export function speedTable(sets, references) {
  const speeds = sets[0].peers.map(({ name, title }, i) => ({ name, title, ...speedOf(sets, i) }));
  const bases = references.map((name) => speeds.find((speed) => speed.name === name));
  return table(
    ['', 'indexing, passages/s', 'question p50, ms', 'p95, ms', ...bases.map(({ title }) => `p50 ÷ ${title}`)],
    speeds.map(({ title, passagesPerSecond, p50, p95 }) => [
      title,
      passagesPerSecond === null ? 'the same archive' : rate(passagesPerSecond),
      milliseconds(p50),
      milliseconds(p95),
      ...bases.map((base) => ratio(p50 / base.p50)),
    ]),
  );
}

/** Of the peer at place `i` in every set. */
export function speedOf(sets, i) {
  const times = sets.flatMap(({ peers }) => peers[i].times);
  const passages = sets.reduce((sum, set) => sum + set.passages, 0);
  const seconds = sets.reduce((sum, { peers }) => sum + peers[i].indexMs / 1_000, 0);
  const indexes = sets.every(({ peers }) => peers[i].indexMs !== null);
  return {
    passagesPerSecond: indexes ? passages / seconds : null,
    p50: quantile(times, 0.5),
    p95: quantile(times, 0.95),
  };
}

/**
 * What else the machine did, in lines of the page.
 * @param {{ before: number, during: number[], cores: number }} load  Means of runnable processes; the measuring itself is
 *   about one of them.
 */
export function describeLoad({ before, during, cores }) {
  const means = during.map((load) => load.toFixed(1)).join(', ');
  const others = Math.max(...during) - 1;
  return [
    `Load before the run: ${before.toFixed(1)}; while each set was measured: ${means}, of which about 1 is the measuring itself.`,
    ...(others < cores / 2
      ? []
      : ['The machine did other work all the time: the times say little, and the more a peer hands from thread to thread, the less.']),
  ];
}

/**
 * @param {Array<{ set: string, passages: number, texts: number, fihristMs: number[], tutorialMs: number[] }>} sets  A time
 *   for each round; those of a round were measured one after the other.
 */
export function indexingTable(sets) {
  return table(
    ['', 'Fihrist, passages/s', 'texts/s', 'tutorial, passages/s', 'passages/s, Fihrist ÷ tutorial', 'texts/s, the same'],
    sets.map(({ set, passages, texts, fihristMs, tutorialMs }) => {
      const [fihrist, tutorial] = [fihristMs, tutorialMs].map((times) => quantile(times, 0.5) / 1_000);
      const passageRatio = quantile(fihristMs.map((ms, round) => tutorialMs[round] / ms), 0.5);
      return [
        `${set}: ${passages} passages, ${texts} texts`,
        rate(passages / fihrist),
        rate(texts / fihrist),
        rate(passages / tutorial),
        ratio(passageRatio),
        ratio((passageRatio * texts) / passages),
      ];
    }),
  );
}
