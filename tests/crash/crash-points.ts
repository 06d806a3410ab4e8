import type { CrashArchive } from './crash-archive.js';
import type { Fault } from './faults.js';
import { makeOlderDatabase } from './older-database.js';
import type { ServedProcess } from './served-process.js';
import type { ServiceClient } from './service-client.js';

/** A point of the program's work on the disk at which it is killed. */
export interface CrashPoint {
  readonly name: string;
  readonly fault: Omit<Fault, 'name' | 'effect'>;
  /** While the service does not run: what makes it come to the point at its next start. */
  readonly before?: (archive: CrashArchive) => Promise<void> | void;
  /** While it runs: what makes it come to the point. Unset: it dies at its start. */
  readonly during?: (
    archive: CrashArchive,
    client: ServiceClient,
    service: ServedProcess,
  ) => Promise<unknown>;
}

const changeCorpus = (archive: CrashArchive) => archive.corpus.change(archive.random);
const GRAPH = '\\.hnsw$';
const GRAPH_TMP = '\\.hnsw\\.tmp$';
const MANIFEST = 'snapshots/.*\\.json$';
const MANIFEST_TMP = 'snapshots/.*\\.json\\.tmp$';
const SNAPSHOTS = '/snapshots$';
const RECORD = 'tasks/.*\\.json$';
const RECORD_TMP = 'tasks/.*\\.json\\.tmp$';
const PAYLOAD = 'tasks/.*\\.jsonl$';
const WRITES_ARTICLE = 'INSERT INTO articles';
const DELETES_ARTICLE = 'DELETE FROM articles';
/** So many that the service is still at them when the first ones were changed. */
const OVERTAKEN_TASK_ARTICLES = 240;

/** Every start with a changed folder publishes a snapshot. `lost` is what a power cut takes with it. */
const SNAPSHOT_POINTS: readonly CrashPoint[] = [
  { name: 'before a snapshot is written', fault: { event: 'open', match: GRAPH_TMP } },
  {
    name: 'a snapshot half written',
    fault: { event: 'writeIndex', when: 'after', losses: [{ keptShare: 0.5 }] },
  },
  {
    name: 'before a snapshot is synced, its bytes lost',
    fault: { event: 'sync', match: GRAPH_TMP, losses: [{ keptShare: 0 }] },
  },
  {
    name: 'a manifest half written',
    fault: { event: 'write', match: MANIFEST_TMP, when: 'after', losses: [{ keptShare: 0.5 }] },
  },
  { name: 'before the graph is renamed', fault: { event: 'rename', match: GRAPH } },
  { name: 'between the renames of graph and manifest', fault: { event: 'rename', match: MANIFEST } },
  { name: 'between rename and sync of the folder', fault: { event: 'sync', match: SNAPSHOTS } },
  {
    name: 'between rename and sync of the folder, the graph’s name lost',
    fault: { event: 'sync', match: SNAPSHOTS, losses: [{ rename: GRAPH }] },
  },
  {
    name: 'between rename and sync of the folder, the manifest’s name lost',
    fault: { event: 'sync', match: SNAPSHOTS, losses: [{ rename: MANIFEST }] },
  },
  {
    name: 'between rename and sync of the folder, both names lost',
    fault: { event: 'sync', match: SNAPSHOTS, losses: [{ rename: MANIFEST }, { rename: GRAPH }] },
  },
  {
    name: 'before older snapshots are removed',
    fault: { event: 'sync', match: SNAPSHOTS, when: 'after' },
  },
].map((point) => ({ ...point, before: changeCorpus }) as CrashPoint);

const START_POINTS: readonly CrashPoint[] = [
  {
    name: 'while older snapshots are removed',
    fault: { event: 'rm', match: `${GRAPH}|${MANIFEST}`, when: 'after' },
    before: async (archive) => {
      archive.corpus.change(archive.random);
      await startOnce(archive);
    },
  },
  {
    name: 'while the index is built from the store',
    fault: { event: 'addPoint', count: 12 },
    before: (archive) => archive.removeSnapshots(),
  },
  {
    name: 'while the index catches up with the store',
    fault: { event: 'addPoint', when: 'after' },
    before: (archive) => archive.restoreSnapshots(),
  },
  {
    name: 'in a migration, before its commit',
    fault: { event: 'sql', match: '^COMMIT', within: 'user_version', thread: 'storage' },
    before: ({ indexFolder }) => makeOlderDatabase(indexFolder, 1),
  },
  {
    name: 'between two migrations',
    fault: { event: 'sql', match: '^COMMIT', within: 'user_version', thread: 'storage', when: 'after' },
    before: ({ indexFolder }) => makeOlderDatabase(indexFolder, 1),
  },
  {
    name: 'while words are made anew',
    fault: { event: 'sql', match: 'INTO passage_terms', thread: 'storage', count: 7 },
    before: ({ indexFolder }) => makeOlderDatabase(indexFolder, 2),
  },
  {
    name: 'when words were made anew, before that is noted',
    fault: { event: 'sql', match: 'UPDATE store_state SET terms_version', thread: 'storage' },
    before: ({ indexFolder }) => makeOlderDatabase(indexFolder, 2),
  },
  {
    name: 'while the folder’s lock is taken',
    fault: { event: 'sql', match: 'INSERT INTO holder', thread: 'storage' },
  },
  {
    name: 'while the graph is built anew without deleted points',
    fault: { event: 'addPoint', match: 'graph 3', count: 20 },
    before: replaceManyArticles,
  },
];

/** So many deleted points that the index is built anew without them. */
async function replaceManyArticles(archive: CrashArchive): Promise<void> {
  archive.corpus.replace(archive.articles('many', 300));
  await startOnce(archive);
  archive.corpus.replace(archive.articles('others', 300));
}

async function startOnce(archive: CrashArchive): Promise<void> {
  const service = archive.spawn();
  await archive.ready(service);
  service.kill();
  await service.ended;
}

async function stopBehindAWrite(
  archive: CrashArchive,
  client: ServiceClient,
  service: ServedProcess,
): Promise<void> {
  await archive.put(client, 'point/1');
  service.kill('SIGTERM');
}

const STOP_POINTS: readonly CrashPoint[] = [
  {
    name: 'before the write-ahead log is put into the database',
    fault: { event: 'sql', match: 'wal_checkpoint', thread: 'storage' },
    during: stopBehindAWrite,
  },
  {
    name: 'behind the write-ahead log’s checkpoint',
    fault: { event: 'sql', match: 'wal_checkpoint', thread: 'storage', when: 'after' },
    during: stopBehindAWrite,
  },
];

const WRITE_POINTS: readonly CrashPoint[] = [
  {
    name: 'before an article is committed',
    fault: { event: 'sql', match: '^COMMIT', within: WRITES_ARTICLE, thread: 'storage' },
    during: (archive, client) => archive.put(client, 'point/1'),
  },
  {
    name: 'between an article’s commit and the index',
    fault: { event: 'sql', match: '^COMMIT', within: WRITES_ARTICLE, thread: 'storage', when: 'after' },
    during: (archive, client) => archive.put(client, 'point/2'),
  },
  {
    name: 'between the index and the acknowledgement',
    fault: { event: 'addPoint', when: 'after' },
    during: (archive, client) => archive.put(client, 'point/3'),
  },
  {
    name: 'before a deletion is committed',
    fault: { event: 'sql', match: '^COMMIT', within: DELETES_ARTICLE, thread: 'storage' },
    during: (archive, client) => archive.delete(client, 'point/2'),
  },
  {
    name: 'between a deletion’s commit and the index',
    fault: { event: 'sql', match: '^COMMIT', within: DELETES_ARTICLE, thread: 'storage', when: 'after' },
    during: (archive, client) => archive.delete(client, 'point/3'),
  },
];

const TASK_POINTS: readonly CrashPoint[] = [
  {
    name: 'when a batch is received, before it is synced',
    fault: { event: 'sync', match: PAYLOAD, losses: [{ keptShare: 0.4 }] },
  },
  { name: 'before a task is written down', fault: { event: 'open', match: RECORD_TMP } },
  {
    name: 'a task’s first record half written',
    fault: { event: 'write', match: RECORD_TMP, when: 'after', losses: [{ keptShare: 0.5 }] },
  },
  {
    name: 'a task’s first record without its name',
    fault: { event: 'sync', match: '/tasks$', count: 2, losses: [{ rename: RECORD }] },
  },
  {
    name: 'a task’s first record before its reply',
    fault: { event: 'rename', match: RECORD, when: 'after' },
  },
  {
    name: 'while a task’s record is replaced, half written',
    fault: { event: 'write', match: RECORD_TMP, when: 'after', count: 2, losses: [{ keptShare: 0.5 }] },
  },
  {
    name: 'while a task’s record is replaced, before its rename',
    fault: { event: 'rename', match: RECORD, count: 2 },
  },
  {
    name: 'while a task’s record is replaced, its rename lost',
    fault: { event: 'rename', match: RECORD, when: 'after', count: 2, losses: [{ rename: RECORD }] },
  },
  { name: 'when a task is over, before its articles are removed', fault: { event: 'rm', match: PAYLOAD } },
].map((point) => ({
  ...point,
  during: (archive: CrashArchive, client: ServiceClient) => archive.addLater(client, 25),
})) as readonly CrashPoint[];

/** What others have made of a task's articles, the task does not undo when it goes on. */
const OVERTAKEN_TASK_POINTS: readonly CrashPoint[] = [
  {
    name: 'before the end of a task is written down whose articles others have changed',
    fault: { event: 'rename', match: RECORD, count: 3 },
  },
  {
    name: 'in the middle of a task whose articles others have changed',
    fault: {
      event: 'sql',
      match: '^COMMIT',
      within: WRITES_ARTICLE,
      thread: 'storage',
      when: 'after',
      count: OVERTAKEN_TASK_ARTICLES / 2,
    },
  },
].map((point) => ({
  ...point,
  during: async (archive: CrashArchive, client: ServiceClient) => {
    await archive.addLater(client, OVERTAKEN_TASK_ARTICLES);
    await archive.overtake(client);
  },
})) as readonly CrashPoint[];

/** Every named point, in an order in which each finds what it needs. */
export const CRASH_POINTS: readonly CrashPoint[] = [
  ...WRITE_POINTS,
  ...TASK_POINTS,
  ...OVERTAKEN_TASK_POINTS,
  ...SNAPSHOT_POINTS,
  ...START_POINTS,
  ...STOP_POINTS,
];
