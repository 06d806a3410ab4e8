import { setTimeout } from 'node:timers/promises';
import { verifyStore } from '../../src/storage/verify-store.js';
import { checkHits } from './check-hits.js';
import type { Findings } from './findings.js';
import type { Ledger, State } from './ledger.js';
import type { ServiceClient } from './service-client.js';
import type { WrittenArticle } from './written-article.js';

export interface CheckedArchive {
  readonly client: ServiceClient;
  readonly ledger: Ledger;
  readonly findings: Findings;
  readonly indexFolder: string;
}

/**
 * Holds a service that is ready and that nobody writes to against what it has acknowledged: the list of articles, the
 * articles themselves, each by its words and by its vector, what is gone by its words, the index against the store, and
 * the store against itself. What was never answered may be whole or absent, and must stay what it was found to be.
 * @param ids  Articles that are looked at more closely than in the list.
 */
export async function checkArchive(archive: CheckedArchive, ids: readonly string[]): Promise<void> {
  const { client, ledger, findings, indexFolder } = archive;
  await checkBatches(archive);
  const listed = new Set(await client.ids());
  for (const id of new Set([...listed, ...ledger.ids])) {
    findings.checks += 1;
    if (ledger.possible(id).some((state) => (state !== null) === listed.has(id))) continue;
    findings.lost.push(`${id} is ${listed.has(id) ? 'in' : 'missing from'} the list of articles`);
  }
  for (const id of ids) {
    const found = await checkArticle(archive, id);
    // What may change at any moment is looked at when its task is over.
    if (found === null || ledger.isInBatch(id)) continue;
    for (const gone of ledger.gone(id)) await checkGone(archive, gone);
    if (found.state !== null) await checkFindable(archive, found.state, found.passages);
  }
  await checkSizes(archive);
  for (const problem of (await verifyStore(indexFolder)).problems) findings.wrong.push(`verify: ${problem}`);
}

/** The service counts its passages now and then only, so that its metrics may be behind for some seconds. */
const COUNTS_REST_MS = 10_000;

/**
 * A task that goes on meanwhile changes the store and then the index, and the count of passages may be older than that of
 * vectors: what differs when everything is at rest must agree soon.
 */
async function checkSizes({ client, findings }: CheckedArchive): Promise<void> {
  let atRestSince: number | null = null;
  for (;;) {
    if ((await client.unfinishedTasks()).length > 0) atRestSince = null;
    else atRestSince ??= performance.now();
    const { vectors, passages } = await client.sizes();
    if (vectors === passages) return;
    if (atRestSince !== null && performance.now() - atRestSince > COUNTS_REST_MS) {
      findings.wrong.push(`the index has ${vectors} vectors for ${passages} passages`);
      return;
    }
    await setTimeout(20);
  }
}

/** A batch whose task was acknowledged must be there; one that is over must have all its articles. */
async function checkBatches({ client, ledger, findings }: CheckedArchive): Promise<void> {
  const unfinished = await client.unfinishedTasks();
  for (const batch of ledger.batches) {
    if (batch.task === null) {
      if (unfinished.length === 0) ledger.forgetBatch(batch);
      continue;
    }
    findings.checks += 1;
    const { status, body } = await client.task(batch.task);
    if (status !== 200)
      findings.lost.push(`task ${batch.task} is answered with ${status} ${body.error?.code}`);
    else if (body.state === 'queued' || body.state === 'running') continue;
    else if (body.state !== 'succeeded' || body.counts.failed > 0) {
      findings.lost.push(`task ${batch.task} has ended as ${JSON.stringify(body)}`);
    }
    ledger.acknowledgeBatch(batch);
  }
}

interface FoundArticle {
  readonly state: State;
  /** Texts of its passages. */
  readonly passages: readonly string[];
}

/** @returns Null when it is nothing that it may be. */
async function checkArticle(
  { client, ledger, findings }: CheckedArchive,
  id: string,
): Promise<FoundArticle | null> {
  findings.checks += 1;
  const { status, body } = await client.article(id);
  const passages = status === 200 ? body.passages.map(({ text }) => text) : [];
  const possible = ledger.possible(id);
  const state =
    status === 404
      ? possible.find((one) => one === null)
      : possible.find((one) => one !== null && isWhole(one, body.title, passages));
  if (state === undefined) {
    const allowed = possible.map((one) => one?.tag ?? 'not there').join(' or ');
    findings.lost.push(`${id} must be ${allowed}, and is ${JSON.stringify({ status, body })}`);
    return null;
  }
  if (!ledger.isInBatch(id)) ledger.settle(id, state);
  return { state, passages };
}

function isWhole({ title, text }: WrittenArticle, foundTitle: string, passages: readonly string[]): boolean {
  const words = (parts: readonly string[]) => parts.join(' ').split(/\s+/).join(' ');
  return foundTitle === title && words(passages) === words([text]);
}

/** By its words alone, and each of its passages by its vector alone. */
async function checkFindable(
  { client, ledger, findings }: CheckedArchive,
  { id, tag }: WrittenArticle,
  passages: readonly string[],
): Promise<void> {
  const questions = [
    { query: tag, mode: 'keyword' as const },
    ...passages.map((query) => ({ query, mode: 'dense' as const })),
  ];
  for (const { query, mode } of questions) {
    findings.checks += 1;
    const startedMs = performance.now();
    const { status, body } = await client.search(query, mode);
    if (status !== 200) {
      findings.wrong.push(`a search was answered with ${status} ${body.error?.code}`);
      continue;
    }
    checkHits(body.hits, { ledger, findings, startedMs });
    if (!body.hits.some((hit) => hit.article_id === id)) {
      findings.lost.push(`${id} is not found in mode ${mode} by "${query}"`);
    }
  }
}

async function checkGone({ client, findings }: CheckedArchive, { id, tag }: WrittenArticle): Promise<void> {
  findings.checks += 1;
  const { body } = await client.search(tag, 'keyword');
  if (body.hits?.some(({ text }) => text.includes(tag)) === true) {
    findings.lost.push(`${id} is found by "${tag}", which was deleted or replaced`);
  }
}
