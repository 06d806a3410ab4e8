import type { Fault } from './faults.js';

/** A point of the work on another edition at which the program is killed. */
export interface EditionPoint {
  readonly name: string;
  readonly fault: Omit<Fault, 'name' | 'effect'>;
}

const WRITES_ARTICLE = 'INSERT INTO articles';
const NOTE = 'edition\\.json$';
const NEXT = '/next$';
const INDEX = '/index$';
const DECIDED = '/switching$';

/** While `fihrist reembed` makes the next edition beside a service. */
export const MAKING_POINTS: readonly EditionPoint[] = [
  { name: 'while the folder of the edition is taken', fault: { event: 'sql', match: 'INSERT INTO holder' } },
  { name: 'when the database is copied, before it counts', fault: { event: 'sync', match: NEXT } },
  {
    name: 'when the edition’s note is written, half of it',
    fault: {
      event: 'write',
      match: `${NOTE.replace('$', '')}\\.tmp$`,
      when: 'after',
      losses: [{ keptShare: 0.5 }],
    },
  },
  { name: 'before the edition’s note has its name', fault: { event: 'rename', match: NOTE } },
  {
    name: 'when the edition’s note has its name, which is lost',
    fault: { event: 'sync', match: NEXT, count: 2, losses: [{ rename: NOTE }] },
  },
  { name: 'when the edition has begun', fault: { event: 'sync', match: NEXT, count: 2, when: 'after' } },
  {
    name: 'before an article is embedded again',
    fault: { event: 'sql', match: '^COMMIT', within: WRITES_ARTICLE, thread: 'storage', count: 4 },
  },
  {
    name: 'when an article is embedded again',
    fault: {
      event: 'sql',
      match: '^COMMIT',
      within: WRITES_ARTICLE,
      thread: 'storage',
      count: 5,
      when: 'after',
    },
  },
  { name: 'while the index of the edition is built', fault: { event: 'addPoint', count: 9 } },
  { name: 'before the index of the edition is there', fault: { event: 'rename', match: '\\.hnsw$' } },
  {
    name: 'when the edition is closed',
    fault: { event: 'sql', match: 'wal_checkpoint', thread: 'storage' },
  },
];

/** While a start with the other model puts its edition in the place of what was served. */
export const SWITCHING_POINTS: readonly EditionPoint[] = [
  {
    name: 'before what was deleted leaves the edition',
    fault: { event: 'sql', match: '^COMMIT', within: 'DELETE FROM articles', thread: 'storage' },
  },
  {
    name: 'while the edition takes in what it lacks',
    fault: { event: 'sql', match: '^COMMIT', within: WRITES_ARTICLE, thread: 'storage', count: 2 },
  },
  {
    name: 'before the results of tasks are taken along',
    fault: { event: 'sql', match: '^COMMIT', within: 'main.task_results', thread: 'main' },
  },
  {
    name: 'when the results of tasks are taken along',
    fault: { event: 'sql', match: '^COMMIT', within: 'main.task_results', thread: 'main', when: 'after' },
  },
  { name: 'before it is decided', fault: { event: 'rename', match: DECIDED } },
  {
    name: 'when it is decided, which is lost',
    fault: { event: 'sync', match: INDEX, losses: [{ rename: DECIDED }] },
  },
  { name: 'when it is decided', fault: { event: 'rename', match: DECIDED, when: 'after' } },
  {
    name: 'when the former database is aside, its log not yet',
    fault: { event: 'rename', match: '/giving-way/fihrist\\.db$', when: 'after' },
  },
  {
    name: 'when all that was former is aside, which is lost',
    fault: { event: 'sync', match: '/giving-way$', losses: [{ rename: '/giving-way/' }] },
  },
  { name: 'when it is noted that what was former is aside', fault: { event: 'sync', match: DECIDED } },
  {
    name: 'between two files of the next edition',
    fault: { event: 'rename', match: '/index/fihrist\\.db$', when: 'after' },
  },
  { name: 'before what was former has its place', fault: { event: 'rename', match: '/previous$' } },
  {
    name: 'when what was former has its place',
    fault: { event: 'rename', match: '/previous$', when: 'after' },
  },
  { name: 'before the end is noted', fault: { event: 'rename', match: '/switched$' } },
  {
    name: 'when the end is noted, which is lost',
    fault: { event: 'sync', match: INDEX, count: 3, losses: [{ rename: '/switched$' }] },
  },
  { name: 'before the last of it is cleared away', fault: { event: 'rm', match: '/switched$', count: 2 } },
];
