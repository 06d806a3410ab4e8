import { readFileSync } from 'node:fs';

const read = (file) => readFileSync(new URL(file, import.meta.url), 'utf8');

/** How much of what is measured: sizes of archives in passages, rounds of all questions, clients, seconds. */
export const WORKLOADS = JSON.parse(read('workloads.json'));

/** Of the sample archive, which is part of every archive that is built here. */
export const QUESTIONS = read('../../corpus/questions.jsonl')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line).text);
