// Runs one of peers/ for `PeerProcess`: node serve-peer.mjs NAME
import { performance } from 'node:perf_hooks';
import { createInterface } from 'node:readline';

/** Opens a peer: `(options) => { versions, index(), ask(question), close() }`. */
const { open } = await import(`./peers/${process.argv[2]}.mjs`);
let peer;
let isBusy = false;

async function timed(work) {
  const startedAt = performance.now();
  const result = await work();
  return { result, ms: performance.now() - startedAt };
}

async function replyTo(call) {
  if (call.open !== undefined) {
    peer = await open(call.open);
    return { versions: peer.versions };
  }
  if (call.index !== undefined) {
    const { result, ms } = await timed(() => peer.index());
    return { ms, ...result };
  }
  const answers = [];
  for (const question of call.ask) {
    const { result: ids, ms } = await timed(() => peer.ask(question));
    answers.push({ ids, ms });
  }
  return { answers };
}

const calls = createInterface({ input: process.stdin });
// Who asked is gone and waits for no reply: nothing is to be left running.
calls.once('close', () => {
  if (isBusy) process.exit(1);
});
for await (const line of calls) {
  isBusy = true;
  const reply = await replyTo(JSON.parse(line));
  isBusy = false;
  process.stdout.write(`${JSON.stringify({ reply })}\n`);
}
await peer?.close();
process.exit(0);
