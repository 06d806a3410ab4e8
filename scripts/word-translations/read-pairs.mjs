// Pairs of texts that say the same, as the stems that the program matches by.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { matchTokens } from '../../dist/text/match-tokens.js';
import { splitSentences } from '../../dist/text/split-sentences.js';

/** @returns Of each line that both files have: its stems in both languages */
export function readParallel(folder) {
  const names = readdirSync(folder).flatMap((file) => /^(.+)\.ar\.txt$/.exec(file)?.[1] ?? []);
  return names.sort().flatMap((name) => {
    const [ar, en] = ['ar', 'en'].map((language) => linesOf(path.join(folder, `${name}.${language}.txt`)));
    return ar.slice(0, en.length).map((line, i) => pairOf(line, en[i]));
  });
}

/** Passages by their sentences, where both languages have as many; questions; names. */
export function readWritten(folder) {
  return readdirSync(folder)
    .sort()
    .flatMap((file) => {
      const lines = /\.(tsv|jsonl)$/.test(file) ? linesOf(path.join(folder, file)).filter((line) => line !== '') : [];
      return lines.flatMap(file.endsWith('.tsv') ? pairsOfName : pairsOfPassage);
    });
}

function pairsOfName(line) {
  const [en, ar] = line.split('\t');
  return [pairOf(ar, en)];
}

function pairsOfPassage(line) {
  const { en, ar, q: questions } = JSON.parse(line);
  const ofSentences = [ar, en].map(sentencesOf);
  const passage = ofSentences[0].length === ofSentences[1].length ? ofSentences : [[ar], [en]];
  return [
    ...passage[0].map((sentence, i) => pairOf(sentence, passage[1][i])),
    ...questions.map(([inEnglish, inArabic]) => pairOf(inArabic, inEnglish)),
  ];
}

function sentencesOf(text) {
  return splitSentences(text).map(({ start, end }) => text.slice(start, end));
}

function pairOf(ar, en) {
  return { ar: stemsOf(ar), en: stemsOf(en) };
}

function stemsOf(text) {
  return matchTokens(text).flatMap(({ stem, stopWord }) => (stopWord ? [] : [stem]));
}

function linesOf(file) {
  return readFileSync(file, 'utf8').split('\n');
}
