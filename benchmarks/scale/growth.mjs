// How the service grows with its archive: node benchmarks/scale/growth.mjs [DIR…] [--sizes 1000,10000] [--page FILE] [--json]
// Builds and measures an archive of each size (workloads.json) in a temporary folder. With DIR, as measure-index.mjs takes it, the
// vector index is measured on real texts too. Nothing else should run on the machine.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { replaceBetweenMarkers } from '../../dist/cli/replace-between-markers.js';
import { describeMachine } from '../load/figures.mjs';
import { growthTable } from './growth-table.mjs';
import { WORKLOADS } from './workloads.mjs';

const { values: options, positionals: folders } = parseArgs({
  allowPositionals: true,
  options: {
    sizes: { type: 'string', default: WORKLOADS.sizes.join(',') },
    page: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});
const sizes = options.sizes.split(',').map(Number);
if (!sizes.every((size) => Number.isInteger(size) && size > 0)) {
  throw new Error(`--sizes must be whole numbers from 1, with commas between, not ${options.sizes}`);
}
const title = describeMachine(loadavg()[0]);
fillPage([]); // before the work, so that a page without markers does not cost it

const archives = [];
for (const size of sizes) {
  archives.push(await measureSize(size));
  fillPage(lines());
}
process.stdout.write(options.json ? `${JSON.stringify({ title, archives })}\n` : `${lines().join('\n')}\n`);

async function measureSize(size) {
  process.stderr.write(`${size} passages …\n`);
  const folder = mkdtempSync(path.join(tmpdir(), 'fihrist-scale-'));
  try {
    const built = await run('build-archive.mjs', ['--passages', String(size), '--index', folder]);
    const measured = await run('measure.mjs', ['--index', folder]);
    const index = folders.length === 0 ? null : await run('measure-index.mjs', [...folders, '--passages', String(size)]);
    return { built, measured, index };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A script of this folder, in a process of its own. @returns What it tells. That a figure does not hold is no failure here. */
async function run(script, args) {
  const file = fileURLToPath(new URL(script, import.meta.url));
  const child = spawn(process.execPath, [file, ...args, '--json'], { stdio: ['ignore', 'pipe', 'inherit'] });
  let told = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    told += text;
  });
  const code = await new Promise((resolve) => child.once('close', resolve));
  if (told === '') throw new Error(`${script} ended with ${code}`);
  return JSON.parse(told);
}

function lines() {
  return [title, '', ...growthTable(archives)];
}

function fillPage(inside) {
  if (options.page === undefined) return;
  const filled = replaceBetweenMarkers({ path: options.page, text: readFileSync(options.page, 'utf8') }, 'growth', inside);
  if (inside.length > 0) writeFileSync(options.page, filled);
}
