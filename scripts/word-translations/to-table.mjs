/**
 * The table as text: an English stem a line, tab, its Arabic stems, each with its sureness; what stands behind # is for readers.
 * @param translations  By English stem, as `learnTranslations` gives them.
 */
export function toTable(translations, pairs) {
  const lines = new Map();
  for (const { en, ar, sureness } of translations) lines.set(en, [...(lines.get(en) ?? []), `${ar} ${sureness}`]);
  return [
    '# Written by scripts/learn-word-translations.mjs; how and from what is in README.md.',
    `# ${pairs} pairs of texts. English stem, tab, Arabic stems with how sure each is (0-99).`,
    ...Array.from(lines, ([en, arabic]) => `${en}\t${arabic.join(' ')}`),
    '',
  ].join('\n');
}
