// Learns which words of the two languages stand for one another, from parallel text, and writes
// models/word-translations/ar-en.tsv. Repeatable: the same text and stems give the same file.
//
//   npm run build && node scripts/learn-word-translations.mjs FOLDER... [--dry-run]
//
// FOLDER holds parallel text: NAME.ar.txt and NAME.en.txt, line by line. Beside it the text that was written for this project is
// read (models/training/written). What is kept are single stems, none of the text.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { learnTranslations } from './word-translations/learn-translations.mjs';
import { readParallel, readWritten } from './word-translations/read-pairs.mjs';
import { toTable } from './word-translations/to-table.mjs';

const here = (place) => fileURLToPath(new URL(place, import.meta.url));
const args = process.argv.slice(2);
const folders = args.filter((arg) => !arg.startsWith('--'));
if (folders.length === 0) {
  process.stderr.write('Usage: node scripts/learn-word-translations.mjs FOLDER... [--dry-run]\n');
  process.exit(2);
}

const pairs = [...folders.flatMap(readParallel), ...readWritten(here('../models/training/written'))];
const translations = learnTranslations(pairs);
const table = toTable(translations, pairs.length);
const ofWords = (language) => new Set(translations.map((one) => one[language])).size;
console.log(`${pairs.length} pairs of texts; ${translations.length} translations of ${ofWords('en')} English and ${ofWords('ar')} Arabic stems; ${Buffer.byteLength(table)} bytes`);
if (!args.includes('--dry-run')) writeFileSync(here('../models/word-translations/ar-en.tsv'), table);
