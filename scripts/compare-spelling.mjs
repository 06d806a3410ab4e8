// Runs the spelling suite on Fihrist and on the full-text engines that one would otherwise take, and writes the table
// into docs/spelling.md. Each engine indexes the text of a pair alone and is asked for all words of the question.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { create, insert, search } from '@orama/orama';
import { stemmer as arabicStemmer } from '@orama/stemmers/arabic';
import { stemmer as englishStemmer } from '@orama/stemmers/english';
import Database from 'better-sqlite3';
import MiniSearch from 'minisearch';
import { matchTokens } from '../dist/text/match-tokens.js';
import { parseMatchQuery } from '../dist/text/parse-match-query.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const suite = path.join(root, 'tests', 'fixtures', 'spelling');
const page = path.join(root, 'docs', 'spelling.md');

const pairs = readdirSync(suite)
  .sort()
  .flatMap((name) => readFileSync(path.join(suite, name), 'utf8').trim().split('\n'))
  .map((line) => JSON.parse(line));

/** Every stem of the question is in the text, and every quoted phrase stands there word by word. */
function fihrist({ query, text }) {
  const { tokens, phrases } = parseMatchQuery(query);
  const words = matchTokens(text);
  const stems = new Set(words.filter(({ stopWord }) => !stopWord).map(({ stem }) => stem));
  const wanted = tokens.filter(({ stopWord }) => !stopWord);
  const folded = ` ${words.map((word) => word.folded).join(' ')} `;
  return (
    wanted.length > 0 &&
    wanted.every(({ stem }) => stems.has(stem)) &&
    phrases.every((phrase) => folded.includes(` ${phrase.join(' ')} `))
  );
}

const database = new Database(':memory:');

/** Words of a question as FTS5 strings, so that no character of theirs is an operator; quoted phrases stay whole. */
function fts5(tokenizer) {
  const table = `texts_${tokenizer.replace(/\W+/g, '_')}`;
  database.exec(`CREATE VIRTUAL TABLE ${table} USING fts5(text, tokenize = '${tokenizer}')`);
  return ({ query, text }) => {
    database.exec(`DELETE FROM ${table}`);
    database.prepare(`INSERT INTO ${table} VALUES (?)`).run(text);
    const parts = [...query.matchAll(/["“«„]([^"”»“]*)["”»“]|[^\s"“”«»„]+/g)].map((match) => match[1] ?? match[0]);
    const expression = parts.map((part) => `"${part.replaceAll('"', '""')}"`).join(' AND ');
    return database.prepare(`SELECT count(*) AS found FROM ${table} WHERE ${table} MATCH ?`).get(expression).found > 0;
  };
}

function miniSearch(options) {
  return ({ query, text }) => {
    const index = new MiniSearch({ fields: ['text'] });
    index.add({ id: 1, text });
    return index.search(query, { combineWith: 'AND', ...options }).length > 0;
  };
}

/** The tokenizer and stemmer of the language that the text is in: more than an index of both languages could have. */
function orama(options) {
  return async ({ query, text }) => {
    const isArabic = /\p{Script=Arabic}/u.test(text + query);
    const index = create({
      schema: { text: 'string' },
      components: {
        tokenizer: {
          language: isArabic ? 'arabic' : 'english',
          stemming: true,
          stemmer: isArabic ? arabicStemmer : englishStemmer,
        },
      },
    });
    insert(index, { text });
    // A threshold of 0 wants every word of the question.
    return (await search(index, { term: query, threshold: 0, ...options })).count > 0;
  };
}

const versionOf = (name) =>
  JSON.parse(readFileSync(path.join(root, 'node_modules', name, 'package.json'), 'utf8')).version;
const sqlite = database.prepare('SELECT sqlite_version() AS version').get().version;

/** Several settings of one engine: the one that does best on the whole suite stands in the table. */
const engines = [
  { name: 'Fihrist', version: '', settings: { 'as shipped': fihrist } },
  {
    name: 'SQLite FTS5',
    version: sqlite,
    settings: {
      'unicode61': fts5('unicode61'),
      'unicode61 remove_diacritics 2': fts5('unicode61 remove_diacritics 2'),
      'porter unicode61 remove_diacritics 2': fts5('porter unicode61 remove_diacritics 2'),
    },
  },
  {
    name: 'MiniSearch',
    version: versionOf('minisearch'),
    settings: {
      'words': miniSearch({}),
      'prefix': miniSearch({ prefix: true }),
      'prefix and fuzzy 0.2': miniSearch({ prefix: true, fuzzy: 0.2 }),
    },
  },
  {
    name: 'Orama',
    version: versionOf('@orama/orama'),
    settings: {
      'stemming': orama({}),
      'stemming, exact': orama({ exact: true }),
      'stemming, tolerance 1': orama({ tolerance: 1 }),
    },
  },
];

const rules = [...new Set(pairs.map(({ rule }) => rule))];

async function passesOf(isFound) {
  const passes = new Map(rules.map((rule) => [rule, 0]));
  for (const pair of pairs) {
    if ((await isFound(pair)) === pair.match) passes.set(pair.rule, passes.get(pair.rule) + 1);
  }
  return passes;
}

const sum = (passes) => [...passes.values()].reduce((total, count) => total + count, 0);

const results = [];
const tried = [];
for (const { name, version, settings } of engines) {
  const runs = [];
  for (const [setting, isFound] of Object.entries(settings)) runs.push({ setting, passes: await passesOf(isFound) });
  const best = runs.reduce((first, run) => (sum(run.passes) > sum(first.passes) ? run : first));
  results.push({ title: `${name} ${version}`.trim(), ...best });
  tried.push(`- ${`${name} ${version}`.trim()}: ${runs.map((run) => `${run.setting} (${sum(run.passes)})`).join('; ')}`);
}

const cells = (label, total, count) => `| ${[label, total, ...results.map(({ passes }) => count(passes))].join(' | ')} |`;
const table = [
  `| rule | pairs | ${results.map(({ title }) => title).join(' | ')} |`,
  `|---|---|${results.map(() => '---').join('|')}|`,
  ...rules.map((rule) => cells(rule, pairs.filter((pair) => pair.rule === rule).length, (passes) => passes.get(rule))),
  cells('**all**', pairs.length, sum),
  '',
  'Settings tried, with the pairs that each passes; the best of each engine is in the table:',
  '',
  ...tried,
];

const [before, rest] = readFileSync(page, 'utf8').split('<!-- table -->\n');
const after = rest.split('<!-- /table -->')[1];
writeFileSync(page, `${before}<!-- table -->\n${table.join('\n')}\n<!-- /table -->${after}`);
process.stdout.write(`${table.join('\n')}\n`);
