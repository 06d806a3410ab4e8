import type { Edition } from '../editions/list-editions.js';
import type { ReembedReport } from './cli-services.js';
import { formatTable } from './format-table.js';
import { countOf, inlineText, readableNumber } from './terminal-text.js';

export function editionToJson({
  place,
  fingerprint,
  articles,
  passages,
  passagesLeft,
  changedAt,
  sizeBytes,
}: Edition) {
  return {
    edition: place,
    model_fingerprint: fingerprint,
    articles,
    passages,
    passages_left: passagesLeft,
    changed_at: changedAt,
    size_bytes: sizeBytes,
  };
}

export function reembeddedToJson({
  model,
  fingerprint,
  edition,
  written,
  removed,
  textsEmbedded,
}: ReembedReport) {
  return {
    model,
    model_fingerprint: fingerprint,
    served: edition === null,
    edition: edition === null ? null : editionToJson(edition),
    articles_written: written,
    articles_removed: removed,
    texts_embedded: textsEmbedded,
  };
}

export function formatReembedded(report: ReembedReport): string[] {
  const { model, fingerprint, edition, written, removed, textsEmbedded } = report;
  if (edition === null)
    return [`The archive is of this model already (${inlineText(fingerprint)}): nothing was done.`];
  return [
    `Embedded: the ${edition.place} edition`,
    ...formatTable([
      ['model', inlineText(fingerprint)],
      ['articles', readableNumber(edition.articles)],
      ['passages', readableNumber(edition.passages)],
      ['size', megabytes(edition.sizeBytes)],
      ['articles written', readableNumber(written)],
      ['articles removed', readableNumber(removed)],
      ['texts embedded', readableNumber(textsEmbedded)],
    ]),
    '',
    `Start the service with FIHRIST_MODEL=${inlineText(model)} to serve it; what is served now stays beside it as the previous edition.`,
  ];
}

/** One line an edition, below the statistics of what is served. */
export function formatEditions(editions: readonly Edition[]): string[] {
  return editions.map(({ place, fingerprint, articles, passagesLeft, changedAt, sizeBytes }) => {
    const facts = [
      inlineText(fingerprint),
      countOf(articles, 'article'),
      ...(passagesLeft === 0 ? [] : [`${countOf(passagesLeft, 'passage')} to embed`]),
      megabytes(sizeBytes),
      `written ${changedAt}`,
    ];
    return `${place} edition: ${facts.join(', ')}`;
  });
}

function megabytes(bytes: number): string {
  return `${readableNumber(bytes / 1_000_000, 1)} MB`;
}
