import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { splitSentences } from '../../dist/text/split-sentences.js';
import { pickEvenly } from '../peers/pick-questions.mjs';

/** More in one passage would be longer than what the model takes. */
const MOST_JOINED = 8;

/**
 * Reads sentences and questions from folders and the folders in them.
 * @param {string[]} folders
 * @param {{ questions: number }} options  How many questions at most, evenly from all.
 * @returns {Promise<{ sentences: string[], questions: string[] }>} Each text once
 */
export async function readRealTexts(folders, { questions: most }) {
  const sentences = new Set();
  const questions = new Set();
  for (const folder of folders) {
    const names = (await readdir(folder, { recursive: true })).sort();
    for (const name of names) {
      const read = async () => (await readFile(path.join(folder, name), 'utf8')).trim().split('\n');
      const base = path.basename(name);
      if (base === 'queries.jsonl') for (const line of await read()) questions.add(JSON.parse(line).text);
      else if (base === 'corpus.jsonl') for (const line of await read()) addSentences(JSON.parse(line).text, sentences);
      else if (/\.(ar|en)\.txt$/.test(base)) for (const line of await read()) addSentences(line, sentences);
    }
  }
  if (sentences.size === 0 || questions.size === 0) throw new Error(`no sentences or no questions in ${folders.join(', ')}`);
  return { sentences: [...sentences], questions: pickEvenly([...questions], most) };
}

/**
 * The sentences, and behind them runs of two, then of three, and so on, until there are as many texts as are wanted.
 * @throws an Error when there are too few sentences for that
 */
export function joinUpTo(wanted, sentences) {
  const texts = sentences.slice(0, wanted);
  for (let joined = 2; joined <= MOST_JOINED; joined += 1) {
    for (let first = 0; first + joined <= sentences.length && texts.length < wanted; first += 1) {
      texts.push(sentences.slice(first, first + joined).join(' '));
    }
  }
  if (texts.length < wanted) throw new Error(`${sentences.length} sentences are too few for ${wanted} passages`);
  return texts;
}

function addSentences(text, sentences) {
  for (const { start, end } of splitSentences(text)) {
    const sentence = text.slice(start, end).trim();
    if (sentence !== '') sentences.add(sentence);
  }
}
