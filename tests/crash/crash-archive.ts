import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { checkArchive } from './check-archive.js';
import { CorpusFolder } from './corpus-folder.js';
import { FaultPlan } from './faults.js';
import { Findings } from './findings.js';
import { Ledger } from './ledger.js';
import { seededRandom } from './seeded-random.js';
import { ServedProcess } from './served-process.js';
import { ServiceClient } from './service-client.js';
import { writeTinyModel } from './tiny-model.js';
import { Workload } from './workload.js';
import { ArticleWriter } from './written-article.js';

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

  /** Holds the service against the ledger: what was changed since the last time and `more`. */
  async check(client: ServiceClient, more: readonly string[] = []): Promise<void> {
    const ids = new Set([...this.ledger.takeTouched(), ...more]);
    await checkArchive({ ...this, client }, [...ids]);
  }

  workload(client: ServiceClient): Workload {
    return new Workload({ ...this, client });
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
