// What a thousand callers that send a byte a second do to those that ask as usual:
//   node benchmarks/load/slow-clients.mjs [--url http://127.0.0.1:3000] [--key KEY] [--seconds 60] [--clients 1000] [--json]
// Half of them never finish their headers, half never finish the body of a search. Who is cut off comes again.
// The service must run already, on an indexed archive, without a rate limit for this caller (FIHRIST_RATE_LIMIT=0).
import { connect } from 'node:net';
import { createAsker } from './ask-search.mjs';
import { readOptions, report, rounded, summarise, wanted, withOwnDelay } from './figures.mjs';
import { measureCapacity, offerLoad, seededRandom } from './offer-load.mjs';

/** Of what the service can do: usual load is not full load. */
const USUAL_SHARE = 0.3;

const options = readOptions({ clients: { type: 'string', default: '1000' } });
const seconds = Number(options.seconds);
const clients = Number(options.clients);
const asker = createAsker({ url: options.url, key: options.key ?? null });
const tell = (text) => process.stderr.write(`${text}\n`);

tell('warming up and measuring the capacity …');
await measureCapacity(asker, { callers: 4, seconds: 2 });
const { perSecond: capacity } = await measureCapacity(asker, { callers: 4, seconds: Math.min(5, seconds) });
const perSecond = USUAL_SHARE * capacity;

tell(`${rounded(perSecond)} searches a second for ${seconds} s, alone …`);
const alone = await offer();
tell(`the same beside ${clients} slow clients …`);
const crowd = startSlowClients(new URL(options.url), { clients, key: options.key ?? null });
await new Promise((resolve) => setTimeout(resolve, 2_000));
const beside = await offer();
const { opened, cut, openNow } = crowd.stop();
asker.close();

const ratio = (beside.answered_p95_ms ?? Number.NaN) / (alone.answered_p95_ms ?? Number.NaN);
const row = (name, field) => [name, rounded(alone[field]), rounded(beside[field])];
report({
  title: `Capacity: ${rounded(capacity)} searches a second, asked: ${rounded(perSecond)}. ${seconds} s each.`,
  rows: [
    ['', 'alone', `+ ${clients} slow`],
    row('asked', 'asked'),
    row('answered', 'answered'),
    row('refused', 'refused'),
    row('lost', 'lost'),
    row('answered, p50 ms', 'answered_p50_ms'),
    row('answered, p95 ms', 'answered_p95_ms'),
    row('answered, p99 ms', 'answered_p99_ms'),
    row('delay of this client, p99 ms', 'client_delay_p99_ms'),
    ['slow connections opened', '', rounded(opened)],
    ['of these cut by the service', '', rounded(cut)],
    ['open at the end', '', rounded(openNow)],
  ],
  figures: [
    wanted('p95 with slow clients ÷ without', Number.isNaN(ratio) ? null : ratio, 1.3),
    wanted('lost', alone.lost + beside.lost, 0),
  ],
  json: options.json,
  data: { capacity, seconds, clients, alone, beside, slow: { opened, cut, open_at_end: openNow } },
});
for (const [reason, count] of Object.entries(beside.lost_reasons)) tell(`lost: ${count} (${reason})`);

async function offer() {
  const load = { perSecond, seconds, random: seededRandom() };
  const { result, ownDelayP99Ms } = await withOwnDelay(() => offerLoad(asker, load));
  return { ...summarise(result), client_delay_p99_ms: ownDelayP99Ms };
}

function startSlowClients({ hostname, port, host }, { clients: count, key }) {
  const counts = { opened: 0, cut: 0 };
  const open = new Set();
  let isStopping = false;
  const authorization = key === null ? '' : `Authorization: Bearer ${key}\r\n`;
  const start = `POST /v1/search HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/json\r\n${authorization}`;

  const openOne = (sendsHeaders) => {
    if (isStopping) return;
    const socket = connect({ host: hostname, port: Number(port) });
    socket.on('connect', () => {
      counts.opened += 1;
      open.add(socket);
      socket.write(sendsHeaders ? `${start}Content-Length: 5000\r\n\r\n{"query": "` : start);
    });
    socket.on('error', () => {});
    socket.on('close', () => {
      if (open.delete(socket) && !isStopping) counts.cut += 1;
      if (!isStopping) setTimeout(openOne, 1_000, sendsHeaders);
    });
    socket.resume();
  };
  // Spread over a second: what is measured is many that are slow, not many that come at once.
  for (let i = 0; i < count; i++) setTimeout(openOne, (i * 1_000) / count, i % 2 === 0);
  const timer = setInterval(() => {
    for (const socket of open) if (socket.writable) socket.write('a');
  }, 1_000);

  return {
    stop() {
      isStopping = true;
      clearInterval(timer);
      const openNow = open.size;
      for (const socket of open) socket.destroy();
      return { ...counts, openNow };
    },
  };
}
