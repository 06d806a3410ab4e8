import { setTimeout } from 'node:timers/promises';
import { checkHits } from './check-hits.js';
import type { Findings } from './findings.js';
import type { Batch, Ledger } from './ledger.js';
import { between, oneOf } from './seeded-random.js';
import { isGone, type Reply, type ServiceClient } from './service-client.js';
import type { ArticleWriter, WrittenArticle } from './written-article.js';

/** Articles of one writer: few, so that they are often replaced. */
const IDS_A_WRITER = 15;
const WRITERS = 3;
const BATCH_IDS = 40;

export interface WorkloadOptions {
  readonly client: ServiceClient;
  readonly ledger: Ledger;
  readonly findings: Findings;
  readonly writer: ArticleWriter;
  readonly random: () => number;
}

/**
 * Three callers that write, replace and delete articles, one that sends batches to be written later, and one that
 * searches, until the service is gone. Every reply is held against the ledger.
 */
export class Workload {
  readonly #options: WorkloadOptions;
  readonly #over: Promise<unknown>;
  #isStopping = false;

  constructor(options: WorkloadOptions) {
    this.#options = options;
    const writers = Array.from({ length: WRITERS }, (_, i) => this.#untilGone(() => this.#write(i)));
    const others = [this.#untilGone(() => this.#sendBatch()), this.#untilGone(() => this.#search())];
    this.#over = Promise.all([...writers, ...others]);
  }

  /** From now on the service may refuse. */
  stopping(): void {
    this.#isStopping = true;
  }

  /** Resolves when all have noticed that the service is gone, or begins no more requests after `stopping`. */
  async over(): Promise<void> {
    this.#isStopping = true;
    await this.#over;
  }

  async #untilGone(step: () => Promise<void>): Promise<void> {
    try {
      while (!this.#isStopping) await step();
    } catch (error) {
      if (!isGone(error)) throw error;
    }
  }

  async #write(writer: number): Promise<void> {
    const { client, ledger, random } = this.#options;
    const id = `news/${writer}-${between(random, 1, IDS_A_WRITER)}`;
    const before = ledger.acknowledged(id);
    if (before !== null && random() < 0.35) {
      ledger.send(id, null);
      if (this.#isExpected(await client.delete(id), [204])) ledger.acknowledge(id, null);
      return;
    }
    const state = this.#options.writer.next(id);
    ledger.send(id, state);
    if (this.#isExpected(await client.put(state), [before === null ? 201 : 200])) {
      ledger.acknowledge(id, state);
    }
  }

  async #sendBatch(): Promise<void> {
    const { client, ledger, random, writer } = this.#options;
    const open = ledger.batches[0];
    if (open !== undefined) return this.#follow(open);
    const ids = Array.from({ length: BATCH_IDS }, (_, i) => `batch/${i}`).filter(() => random() < 0.6);
    const batch = ledger.sendBatch(ids.map((id) => writer.next(id)));
    const reply = await client.addLater(batch.states);
    if (this.#isExpected(reply, [202])) batch.task = reply.body.task?.id ?? null;
  }

  async #follow(batch: Batch): Promise<void> {
    const { client, ledger, findings } = this.#options;
    await setTimeout(30);
    if (batch.task === null) return;
    const reply = await client.task(batch.task);
    if (!this.#isExpected(reply, [200])) return;
    const { state, counts } = reply.body;
    if (state === 'queued' || state === 'running') return;
    if (state !== 'succeeded' || counts.failed > 0) {
      findings.lost.push(`task ${batch.task} has ended as ${JSON.stringify(reply.body)}`);
    }
    ledger.acknowledgeBatch(batch);
  }

  async #search(): Promise<void> {
    const { client, ledger, findings, random } = this.#options;
    const known = ledger.ids.map((id) => ledger.acknowledged(id)).filter((state) => state !== null);
    if (known.length === 0) return void (await setTimeout(10));
    const state = oneOf<WrittenArticle>(random, known);
    // Only the words of a whole passage have the very vector of one.
    const isOnePassage = !state.text.includes('\n');
    const mode = oneOf(random, ['hybrid', 'keyword', isOnePassage ? 'dense' : 'keyword'] as const);
    const startedMs = performance.now();
    const reply = await client.search(mode === 'dense' ? state.text : state.tag, mode);
    if (!this.#isExpected(reply, [200])) return;
    findings.checks += 1;
    checkHits(reply.body.hits, { ledger, findings, startedMs });
    const isUntouched = ledger.acknowledged(state.id) === state && !ledger.isPending(state.id);
    if (isUntouched && !reply.body.hits.some(({ article_id: id }) => id === state.id)) {
      findings.lost.push(`${state.id} was not found in mode ${mode} while the service was at work`);
    }
  }

  #isExpected(
    { status, body }: Reply<{ error?: { code: string; message: string } } | null>,
    expected: readonly number[],
  ): boolean {
    if (expected.includes(status)) return true;
    if (!(status === 503 && this.#isStopping)) {
      const { code, message } = body?.error ?? {};
      this.#options.findings.wrong.push(
        `a request was answered with ${status} (${code}: ${message}), not ${expected}`,
      );
    }
    return false;
  }
}
