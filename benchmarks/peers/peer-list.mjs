import { fileURLToPath } from 'node:url';

const here = (name) => fileURLToPath(new URL(name, import.meta.url));

/** Python of the virtual environment that README.md tells how to make. */
export const PYTHON = here('.venv/bin/python');

/**
 * What is measured, in the order of the tables. `kind` says what runs it: a file of `peers/`, or `python-peers.py` in
 * the virtual environment. `archiveOf` names the peer whose archive it asks, instead of indexing.
 */
export const PEERS = [
  { name: 'fihrist-http', title: 'Fihrist, over HTTP', kind: 'node' },
  { name: 'fihrist', title: 'Fihrist, in process', kind: 'node', archiveOf: 'fihrist-http' },
  { name: 'tutorial', title: 'transformers.js + hnswlib-node', kind: 'node' },
  { name: 'orama', title: 'Orama, hybrid', kind: 'node' },
  { name: 'lancedb', title: 'LanceDB, hybrid', kind: 'node' },
  { name: 'txtai', title: 'txtai, hybrid', kind: 'python' },
  { name: 'chroma', title: 'Chroma', kind: 'python' },
  { name: 'minisearch', title: 'MiniSearch', kind: 'node' },
  { name: 'sqlite-fts5', title: 'SQLite FTS5', kind: 'node' },
];

/** The command that starts a peer, which then speaks the protocol of `PeerProcess`. */
export function commandOf({ name, kind }) {
  return kind === 'python'
    ? { program: PYTHON, parameters: [here('python-peers.py'), name] }
    : { program: process.execPath, parameters: [here('serve-peer.mjs'), name] };
}
