import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { performance } from 'node:perf_hooks';
import { seededRandom } from '../load/offer-load.mjs';
import { generateArticles } from '../scale/generate-articles.mjs';

/** Articles of this run that are there at the same time: beyond that, the next new one takes the place of the oldest. */
const MOST_WRITTEN = 500;
/** Passages that were found lately, to ask for what is related to them. */
const MOST_FOUND = 200;
const QUESTIONS = readFileSync(new URL('../../corpus/questions.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line));

/** What is asked, and how often of a hundred times. */
export const KINDS = {
  search: 46,
  'search, filtered': 8,
  'search by words': 6,
  'search by meaning': 5,
  'search again': 8,
  answer: 5,
  related: 6,
  'list of articles': 4,
  article: 3,
  'page for people': 3,
  'new article': 2,
  'changed article': 2,
  'deleted article': 1,
  'lines of articles': 1,
};

/**
 * What many people and programs do with a service at the same time, drawn by chance, the same for the same seed. Articles that
 * it writes have ids that begin with `soak-`.
 * @param {{ url: string, seed?: number, timeoutMs?: number }} options
 */
export function createMixedLoad({ url, seed = 3, timeoutMs = 60_000 }) {
  const random = seededRandom(seed);
  const below = (end) => Math.floor(random() * end);
  const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY });
  const { hostname, port } = new URL(url);
  const texts = generateArticles({ passages: Number.MAX_SAFE_INTEGER, seed });
  /** Ids that are there for certain: one that is being changed is not among them. */
  const written = [];
  const found = [];
  let made = 0;
  let after;

  const call = (method, path, body, mediaType = 'application/json') =>
    new Promise((resolve) => {
      const payload = body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body);
      const headers =
        payload === null ? {} : { 'content-type': mediaType, 'content-length': Buffer.byteLength(payload) };
      const sent = request({ agent, hostname, port, method, path, headers, timeout: timeoutMs }, (reply) => {
        const chunks = [];
        reply.on('data', (chunk) => chunks.push(chunk));
        reply.on('error', (error) => resolve({ status: null, text: '', failure: error.message }));
        reply.on('end', () => resolve({ status: reply.statusCode, text: Buffer.concat(chunks).toString(), failure: null }));
      });
      sent.on('timeout', () => sent.destroy(new Error('no reply in time')));
      sent.on('error', (error) => resolve({ status: null, text: '', failure: error.message }));
      sent.end(payload ?? undefined);
    });

  /** Two of three questions were never asked before, as far as the words go. */
  const question = () => {
    const { text } = QUESTIONS[below(QUESTIONS.length)];
    return below(3) === 0 ? text : `${text} ${(1e9 * random()).toString(36).slice(0, 6)}`;
  };
  const article = (id) => {
    const { title, text, tags, publishedAt } = texts.next().value;
    return {
      id,
      title,
      text: text
        .split('\n\n')
        .slice(0, 1 + below(2))
        .join('\n\n'),
      tags,
      published_at: publishedAt,
    };
  };
  const newId = () => `soak-${made++}`;
  const takeWritten = () => written.splice(below(written.length), 1)[0];
  const search = async (extra = {}) => {
    const reply = await call('POST', '/v1/search', { query: question(), limit: 1 + below(20), ...extra });
    if (reply.status === 200) {
      const ids = JSON.parse(reply.text).hits.flatMap((hit) => (hit.article_id.startsWith('soak-') ? [] : [hit]));
      found.push(...ids.slice(0, 2));
      if (found.length > MOST_FOUND) found.splice(0, found.length - MOST_FOUND);
    }
    return reply;
  };
  const put = async (id) => {
    const reply = await call('PUT', `/v1/articles/${id}`, { ...article(id), id: undefined });
    if (reply.status === 200 || reply.status === 201) written.push(id);
    return reply;
  };
  const remove = (id) => call('DELETE', `/v1/articles/${id}`);

  const actions = {
    search: () => search(),
    'search, filtered': () =>
      search(
        below(2) === 0
          ? { languages: [below(2) === 0 ? 'ar' : 'en'] }
          : { filters: { type: 'eq', key: 'tags', value: `share-${[0.5, 0.1, 0.01][below(3)]}` } },
      ),
    'search by words': () => search({ mode: 'keyword' }),
    'search by meaning': () => search({ mode: 'dense' }),
    'search again': () => search({ query: QUESTIONS[below(10)].text, limit: 10 }),
    answer: () => call('POST', '/v1/answer', { question: question() }),
    related: async () => {
      const hit = found[below(found.length)];
      return hit === undefined ? search() : call('GET', `/v1/passages/${encodeURIComponent(hit.id)}/related?limit=5`);
    },
    'list of articles': async () => {
      const reply = await call('GET', `/v1/articles?limit=50${after === undefined ? '' : `&cursor=${after}`}`);
      if (reply.status === 200) after = JSON.parse(reply.text).next_cursor ?? undefined;
      return reply;
    },
    article: async () => {
      const hit = found[below(found.length)];
      return hit === undefined ? search() : call('GET', `/v1/articles/${encodeURIComponent(hit.article_id)}`);
    },
    'page for people': () => call('GET', `/?q=${encodeURIComponent(question())}`),
    'new article': async () => {
      while (written.length > MOST_WRITTEN) {
        const reply = await remove(takeWritten());
        if (reply.status !== 204) return reply;
      }
      return put(newId());
    },
    'changed article': () => put(written.length === 0 ? newId() : takeWritten()),
    'deleted article': () => (written.length === 0 ? put(newId()) : remove(takeWritten())),
    'lines of articles': async () => {
      const ids = Array.from({ length: 3 }, newId);
      const lines = ids.map((id) => `${JSON.stringify(article(id))}\n`).join('');
      const reply = await call('POST', '/v1/articles', lines, 'application/x-ndjson');
      if (reply.status !== 200) return reply;
      const bad = reply.text.split('\n').filter((line) => line.includes('"error"'));
      if (bad.length === 0) written.push(...ids);
      return bad.length === 0 ? reply : { status: 500, text: bad[0], failure: null };
    },
  };
  const total = Object.values(KINDS).reduce((sum, share) => sum + share, 0);
  const draw = () => {
    let left = below(total);
    for (const [kind, share] of Object.entries(KINDS)) {
      left -= share;
      if (left < 0) return kind;
    }
    return 'search';
  };

  return {
    /**
     * Does one thing.
     * @param {number} dueMs  When it should have begun: latency counts from there.
     * @returns {Promise<{ kind: string, status: number | null, dueMs: number, latencyMs: number, replyMs: number, failure: string | null }>}
     *   `status` is 200 for whatever went well; `failure` is the code of the error, or what became of the connection.
     */
    async ask(dueMs = performance.now()) {
      const kind = draw();
      const sentMs = performance.now();
      const { status, text, failure } = await actions[kind]();
      const nowMs = performance.now();
      const isFine = status !== null && status < 300;
      return {
        kind,
        status: isFine ? 200 : status,
        dueMs,
        latencyMs: nowMs - dueMs,
        replyMs: nowMs - sentMs,
        failure: isFine ? null : (failure ?? codeOf(text) ?? `status ${status}`),
      };
    },
    /** Removes what was written. */
    async clear() {
      for (const id of written.splice(0)) await remove(id);
    },
    close: () => agent.destroy(),
  };
}

function codeOf(text) {
  return /"code":\s*"(?<code>[A-Z_]+)"/.exec(text)?.groups?.code;
}
