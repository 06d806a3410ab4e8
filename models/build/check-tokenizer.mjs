/**
 * Checks that transformers.js gives the token ids that Python gives.
 *
 *     node check-tokenizer.mjs MODEL_FOLDER IDS_FILE
 *
 * IDS_FILE comes from check_tokenizer.py. Ends with 1 when a text differs.
 */
import { readFileSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import process from 'node:process';
import { AutoTokenizer, env } from '@huggingface/transformers';

const MAXIMUM_TOKENS = 512;
const [modelFolder, idsFile] = process.argv.slice(2);
env.allowRemoteModels = false;
env.localModelPath = dirname(resolve(modelFolder));

const tokenizer = await AutoTokenizer.from_pretrained(basename(resolve(modelFolder)));
const rows = JSON.parse(readFileSync(idsFile, 'utf8'));
const different = rows.filter(({ text, ids }) => cut(tokenizer.encode(text)).join() !== ids.join());
console.log(`${rows.length - different.length} of ${rows.length} texts have the same ids`);
for (const { text, ids } of different.slice(0, 20)) {
  console.log(JSON.stringify({ text, python: ids, javascript: tokenizer.encode(text) }));
}
process.exit(different.length > 0 ? 1 : 0);

/** Cuts at 512 tokens, keeping `</s>` last; transformers.js's own truncation drops it. */
function cut(ids) {
  return ids.length <= MAXIMUM_TOKENS ? ids : [...ids.slice(0, MAXIMUM_TOKENS - 1), ids.at(-1)];
}
