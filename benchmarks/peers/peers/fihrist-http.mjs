import { readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import path from 'node:path';
import { startService } from '../../scale/running-service.mjs';
import { programVersion } from '../installed-versions.mjs';

/** The built service, asked over a kept connection. What it answered or embedded before is not kept. */
export async function open({ corpusFile, folder }) {
  const corpus = path.join(folder, 'corpus');
  await mkdir(corpus);
  const service = await startService({
    FIHRIST_INDEX: path.join(folder, 'index'),
    FIHRIST_CORPUS: corpus,
    FIHRIST_QUERY_CACHE: '0',
    FIHRIST_RESULT_CACHE_MB: '0',
  });
  const agent = new Agent({ keepAlive: true });
  const { hostname, port } = new URL(service.url);

  function call(method, address, { type, body } = {}) {
    return new Promise((resolve, reject) => {
      const headers = body === undefined ? {} : { 'content-type': type, 'content-length': Buffer.byteLength(body) };
      const sent = request({ agent, hostname, port, method, path: address, headers }, (reply) => {
        const parts = [];
        reply.on('data', (part) => parts.push(part));
        reply.on('error', reject);
        reply.on('end', () => {
          const text = Buffer.concat(parts).toString();
          if (reply.statusCode >= 300) reject(new Error(`${method} ${address}: ${reply.statusCode} ${text}`));
          else resolve(text);
        });
      });
      sent.on('error', reject);
      sent.end(body);
    });
  }

  return {
    versions: { fihrist: programVersion() },

    /** Sends them all as one task, and waits until it is over. */
    async index() {
      const lines = readFileSync(corpusFile, 'utf8')
        .split('\n')
        .filter((line) => line.trim() !== '')
        .map((line) => JSON.parse(line))
        .map(({ _id: id, title = '', text }) => JSON.stringify({ id, text, ...(title.trim() === '' ? {} : { title }) }));
      const sent = await call('POST', '/v1/articles?async=true', { type: 'application/x-ndjson', body: lines.join('\n') });
      const { id } = JSON.parse(sent).task;
      for (;;) {
        const task = JSON.parse(await call('GET', `/v1/tasks/${id}`));
        if (task.state === 'succeeded' && task.counts.failed === 0) return {};
        if (!['queued', 'running'].includes(task.state)) throw new Error(JSON.stringify(task));
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },

    async ask(query) {
      const body = JSON.stringify({ query, limit: 10, group_by: 'article' });
      const { hits } = JSON.parse(await call('POST', '/v1/search', { type: 'application/json', body }));
      return hits.map((hit) => hit.article_id);
    },

    async close() {
      agent.destroy();
      await service.stop();
    },
  };
}
