import type { AblationReport } from './cli-services.js';
import { signed } from './format-modes.js';
import { countOf } from './terminal-text.js';

/**
 * The worth of each feature as a Markdown table with a column a set. Without a date and without the path of the
 * sets: the same figures make the same text wherever they were measured.
 * @param commit  Of the program that measured; null when nobody said.
 */
export function formatAblations({ sets, modelFingerprint }: AblationReport, commit: string | null): string[] {
  const features = [...new Set(sets.flatMap(({ ablations }) => ablations.map(({ feature }) => feature)))];
  const worthIn = (feature: string, { ablations }: AblationReport['sets'][number]) => {
    const ablation = ablations.find((candidate) => candidate.feature === feature);
    if (ablation === undefined) return '–';
    const { low, high } = ablation.interval;
    return `${ablation['ndcg@10'].toFixed(4)} (${signed(ablation.difference)}; ${signed(low)} … ${signed(high)})`;
  };
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const names = sets.map(({ set }) => set).join(' ');
  return [
    row(['ranking', ...sets.map(({ set, questions }) => `${set}, ${countOf(questions, 'question')}`)]),
    `|${'---|'.repeat(sets.length + 1)}`,
    row(['every feature', ...sets.map(({ complete }) => complete.toFixed(4))]),
    ...features.map((feature) => row([`without ${feature}`, ...sets.map((set) => worthIn(feature, set))])),
    '',
    `Model \`${modelFingerprint}\`${commit === null ? '' : `, commit \`${commit}\``}: \`npm run ablations -- ${names}\``,
  ];
}
