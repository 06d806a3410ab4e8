import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { commandOf } from './peer-list.mjs';

/**
 * One peer in a process of its own. It is asked one thing after the other, a JSON line each, and answers with one:
 *
 * - `{"open": {…}}`: opens the peer with what `compare.mjs` knows of the set; `{"versions": {name: version}}`
 * - `{"index": true}`: indexes every passage; `{"ms"}`, with `"givenVectors": true` when it embedded nothing, and the
 *   number of `"texts"` that were embedded when that is not the number of passages
 * - `{"ask": [questions]}`: `{"answers": [{"ids", "ms"}]}`, ids of the ten best documents, best first
 *
 * Only what the peer itself does is timed, by its own clock. It ends when its input does, also when whoever asked is gone.
 */
export class PeerProcess {
  #child;
  #replies;
  #title;
  #ended;

  constructor(peer) {
    const { program, parameters } = commandOf(peer);
    this.#title = peer.title;
    this.#child = spawn(program, parameters, { stdio: ['pipe', 'pipe', 'inherit'] });
    this.#replies = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
    this.#ended = new Promise((resolve) => this.#child.once('close', resolve));
    this.#child.stdin.on('error', () => {}); // the missing reply tells
  }

  open(options) {
    return this.#call({ open: options });
  }

  index() {
    return this.#call({ index: true });
  }

  async ask(questions) {
    return (await this.#call({ ask: questions })).answers;
  }

  async close() {
    this.#child.stdin.end();
    await this.#ended;
  }

  async #call(call) {
    this.#child.stdin.write(`${JSON.stringify(call)}\n`);
    for (;;) {
      const { value, done } = await this.#replies.next();
      if (done) throw new Error(`${this.#title} ended with ${await this.#ended} instead of answering`);
      if (value.startsWith('{"reply":')) return JSON.parse(value).reply; // libraries print what they like
    }
  }
}
