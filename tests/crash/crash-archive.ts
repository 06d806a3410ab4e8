import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { checkArchive } from './check-archive.js';
import { CorpusFolder } from './corpus-folder.js';
import { FaultPlan } from './faults.js';
import { Findings } from './findings.js';
import { Ledger } from './ledger.js';
import { seededRandom } from './seeded-random.js';
import { ServedProcess } from './served-process.js';
import { isGone, type Reply, ServiceClient } from './service-client.js';
import { writeTinyModel } from './tiny-model.js';
import { Workload } from './workload.js';
import { ArticleWriter, type WrittenArticle } from './written-article.js';

/** An archive in a folder of its own, the service on it, and all that is known of what it acknowledged. */
export class CrashArchive {
  readonly folder = mkdtempSync(path.join(tmpdir(), 'fihrist-crash-'));
  readonly indexFolder = path.join(this.folder, 'index');
  readonly faults = new FaultPlan(path.join(this.folder, 'faults.json'));
  readonly ledger = new Ledger();
  readonly findings = new Findings();
  readonly random: () => number;
  readonly writer: ArticleWriter;
  readonly corpus: CorpusFolder;
  #batches = 0;

  constructor(seed: number) {
    this.random = seededRandom(seed);
    this.writer = new ArticleWriter(this.random);
    this.corpus = new CorpusFolder(path.join(this.folder, 'articles'), this.ledger, this.writer);
    writeTinyModel(path.join(this.folder, 'tiny'));
  }

  get settings(): Record<string, string> {
    return {
      FIHRIST_INDEX: this.indexFolder,
      FIHRIST_CORPUS: this.corpus.path,
      FIHRIST_MODEL: path.join(this.folder, 'tiny'),
      FIHRIST_THREADS: '1',
      FIHRIST_LOG_LEVEL: 'info',
      // A busy machine is no fault of the service.
      FIHRIST_SEARCH_WAIT_MS: '60000',
      FIHRIST_SEARCH_TIMEOUT_MS: '60000',
      ...this.faults.environment,
    };
  }

  /** Starts the service; it is not ready yet. */
  spawn(settings: Readonly<Record<string, string>> = {}): ServedProcess {
    return new ServedProcess({ ...this.settings, ...settings });
  }

  /** Waits until the service is ready; then it has what the folder has. @throws Error when it ends before */
  async ready(service: ServedProcess): Promise<ServiceClient> {
    const client = new ServiceClient(await service.url());
    this.corpus.taken();
    return client;
  }

  /** Resolves when no task is left to do. */
  async tasksOver(client: ServiceClient): Promise<void> {
    while ((await client.unfinishedTasks()).length > 0) await setTimeout(50);
  }

  /** Holds the service against the ledger: what was changed since the last time and `more`. */
  async check(client: ServiceClient, more: readonly string[] = []): Promise<void> {
    const ids = new Set([...this.ledger.takeTouched(), ...more]);
    await checkArchive({ ...this, client }, [...ids]);
  }

  workload(client: ServiceClient): Workload {
    return new Workload({ ...this, client });
  }

  /** @returns What became of it; null when the service was gone before it answered. */
  async put(client: ServiceClient, id: string): Promise<Reply<unknown> | null> {
    const state = this.writer.next(id);
    this.ledger.send(id, state);
    const reply = await unlessGone(client.put(state));
    if (reply !== null && reply.status < 300) this.ledger.acknowledge(id, state);
    return reply;
  }

  /** As `put`. */
  async delete(client: ServiceClient, id: string): Promise<Reply<unknown> | null> {
    this.ledger.send(id, null);
    const reply = await unlessGone(client.delete(id));
    if (reply?.status === 204) this.ledger.acknowledge(id, null);
    return reply;
  }

  /** As `put`, of a task. */
  async addLater(client: ServiceClient, count: number): Promise<Reply<unknown> | null> {
    this.#batches += 1;
    const batch = this.ledger.sendBatch(this.articles(`batch-${this.#batches}`, count));
    const reply = await unlessGone(client.addLater(batch.states));
    if (reply?.status === 202) batch.task = reply.body.task?.id ?? null;
    return reply;
  }

  /** Replaces the first two articles of the last batch and deletes the third, each when the task has written it. */
  async overtake(client: ServiceClient): Promise<void> {
    const [first = '', second = '', third = ''] = [0, 1, 2].map((i) => `batch-${this.#batches}/${i}`);
    for (const id of [first, second, third]) {
      while ((await unlessGone(client.article(id)))?.status === 404) await setTimeout(5);
      this.ledger.foundWritten(id);
    }
    await this.put(client, first);
    await this.put(client, second);
    await this.delete(client, third);
  }

  articles(name: string, count: number): WrittenArticle[] {
    return Array.from({ length: count }, (_, i) => this.writer.next(`${name}/${i}`));
  }

  get snapshotFolder(): string {
    return path.join(this.indexFolder, 'snapshots');
  }

  /** While the service does not run. */
  removeSnapshots(): void {
    rmSync(this.snapshotFolder, { recursive: true, force: true });
  }

  /** While the service does not run: remembers the snapshots for `restoreSnapshots`. */
  keepSnapshots(): void {
    rmSync(this.#keptSnapshots, { recursive: true, force: true });
    cpSync(this.snapshotFolder, this.#keptSnapshots, { recursive: true });
  }

  /** The service will find an index that is behind its store. */
  restoreSnapshots(): void {
    if (!existsSync(this.#keptSnapshots)) throw new Error('no snapshots were kept');
    this.removeSnapshots();
    cpSync(this.#keptSnapshots, this.snapshotFolder, { recursive: true });
  }

  get #keptSnapshots(): string {
    return path.join(this.folder, 'kept-snapshots');
  }

  /** A copy of all there is, for whoever has to find out what went wrong. */
  keep(name: string): string {
    const copy = path.join(tmpdir(), name);
    cpSync(this.folder, copy, { recursive: true });
    return copy;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Null when the connection failed. */
function unlessGone<Body>(reply: Promise<Reply<Body>>): Promise<Reply<Body> | null> {
  return reply.catch((error: unknown) => {
    if (isGone(error)) return null;
    throw error;
  });
}
