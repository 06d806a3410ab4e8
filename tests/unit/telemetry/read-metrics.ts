export interface MetricSample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

export interface MetricsText {
  /** Help and type of each metric, by its name. */
  readonly metrics: ReadonlyMap<string, { readonly help: string; readonly type: string }>;
  readonly samples: readonly MetricSample[];
  /** The one sample of a name with these labels, others besides; undefined when there is none. @throws when there are more */
  valueOf(name: string, labels?: Readonly<Record<string, string>>): number | undefined;
}

const SAMPLE = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)$/;
const LABEL = /([a-zA-Z_]\w*)="((?:[^"\\\n]|\\["\\n])*)"(?:,|$)/y;

/**
 * Reads Prometheus' text format as strictly as Prometheus does.
 * Source: https://prometheus.io/docs/instrumenting/exposition_formats/
 * @throws an Error that names the line that is none
 */
export function readMetrics(text: string): MetricsText {
  const help = new Map<string, string>();
  const metrics = new Map<string, { help: string; type: string }>();
  const samples: MetricSample[] = [];
  if (!text.endsWith('\n')) throw new Error('the last line has no end');
  for (const line of text.split('\n')) {
    if (line === '') continue;
    const [, kind, described, words = ''] = /^# (HELP|TYPE) (\S+) ?(.*)$/.exec(line) ?? [];
    if (kind === 'HELP' && described !== undefined) help.set(described, words);
    else if (kind === 'TYPE' && described !== undefined) {
      if (metrics.has(described)) throw new Error(`${described} is there twice`);
      if (!/^(counter|gauge|histogram|summary)$/.test(words)) throw new Error(`no type: ${line}`);
      metrics.set(described, { help: help.get(described) ?? '', type: words });
    } else samples.push(readSample(line, metrics));
  }
  return {
    metrics,
    samples,
    valueOf: (name, labels = {}) => {
      const found = samples.filter(
        (sample) =>
          sample.name === name &&
          Object.entries(labels).every(([label, value]) => sample.labels[label] === value),
      );
      if (found.length > 1) throw new Error(`${name} has ${found.length} samples`);
      return found[0]?.value;
    },
  };
}

function readSample(line: string, metrics: MetricsText['metrics']): MetricSample {
  const [, name, inBraces = '', written = ''] = SAMPLE.exec(line) ?? [];
  if (name === undefined) throw new Error(`no sample: ${line}`);
  const family = name.replace(/_(bucket|sum|count)$/, '');
  if (!metrics.has(name) && !metrics.has(family)) throw new Error(`${name} has no type`);
  const labels: Record<string, string> = {};
  LABEL.lastIndex = 0;
  while (LABEL.lastIndex < inBraces.length) {
    const [, label, value] = LABEL.exec(inBraces) ?? [];
    if (label === undefined || value === undefined) throw new Error(`no labels: ${line}`);
    labels[label] = value;
  }
  const value = written === '+Inf' ? Number.POSITIVE_INFINITY : Number(written);
  // Go reads any case of it, and prom-client has one of its own.
  if (Number.isNaN(value) && !/^nan$/i.test(written)) throw new Error(`no number: ${line}`);
  return { name, labels, value };
}
