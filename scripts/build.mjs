// Compiles src/ to dist/ and bundles the program, and does nothing when neither sources nor tools changed since the last time:
// so `npm start` costs the second time what it should.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const stampFile = path.join(root, 'dist', '.built-from');

const sources = readdirSync(path.join(root, 'src'), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => path.join(entry.parentPath, entry.name));
const inputs = [...sources, ...['scripts/build.mjs', 'tsconfig.json', 'tsconfig.build.json', 'tsconfig.client.json', 'tsconfig.http-client.json', 'package-lock.json'].map((name) => path.join(root, name))];

const hash = createHash('sha256');
for (const file of inputs.sort()) hash.update(`${path.relative(root, file)}\0`).update(readFileSync(file)).update('\0');
const stamp = hash.digest('hex');

const isCurrent = existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp;
if (!isCurrent) {
  process.stderr.write('Building ...\n');
  rmSync(path.join(root, 'dist'), { recursive: true, force: true });
  const compiler = path.join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  for (const project of [
    ['tsconfig.build.json'],
    ['tsconfig.client.json', '--noEmit', 'false', '--removeComments'],
    ['tsconfig.http-client.json', '--noEmit', 'false'],
  ]) {
    const { status } = spawnSync(process.execPath, [compiler, '-p', ...project], { cwd: root, stdio: 'inherit' });
    if (status !== 0) process.exit(status ?? 1);
  }
  chmodSync(path.join(root, 'dist', 'main.js'), 0o755);
  copyReferenceViewer();
  copyWebAssets();
  await bundleProgram();
  writeFileSync(stampFile, stamp);
}

/** The page at `GET /docs` needs one file of a package that brings many others, which need not be installed to run. */
function copyReferenceViewer() {
  const from = path.join(root, 'node_modules', 'openapi-explorer');
  const to = path.join(root, 'dist', 'reference-viewer');
  mkdirSync(to);
  cpSync(path.join(from, 'dist', 'browser', 'openapi-explorer.min.js'), path.join(to, 'openapi-explorer.min.js'));
  cpSync(path.join(from, 'LICENSE'), path.join(to, 'LICENSE'));
}

/** Style sheets and icon as they are; of the font packages the files that src/web/assets/fonts.css names. */
function copyWebAssets() {
  const to = path.join(root, 'dist', 'web');
  cpSync(path.join(root, 'src', 'web', 'assets'), path.join(to, 'assets'), { recursive: true });
  const families = [
    { name: 'markazi-text', from: '@fontsource-variable/markazi-text', file: (script) => `markazi-text-${script}-wght-normal` },
    { name: 'ibm-plex-sans', from: '@fontsource/ibm-plex-sans-arabic', file: (script) => `ibm-plex-sans-arabic-${script}-400-normal` },
  ];
  mkdirSync(path.join(to, 'fonts'));
  for (const { name, from, file } of families) {
    const folder = path.join(root, 'node_modules', from);
    for (const script of ['arabic', 'latin', 'latin-ext']) {
      cpSync(path.join(folder, 'files', `${file(script)}.woff2`), path.join(to, 'fonts', `${name}-${script}.woff2`));
    }
    cpSync(path.join(folder, 'LICENSE'), path.join(to, 'fonts', `${name}-LICENSE`));
  }
}

/**
 * What a command and the service begin with, in a few files in the place of 760: reading these took 0.4 s of processor time more, at
 * every start. Threads have their own files, and so have packages with native code and those that start threads.
 */
async function bundleProgram() {
  // Not at the top: a start that builds nothing would wait for it.
  const { rolldown } = await import('rolldown');
  const dist = path.join(root, 'dist');
  const bundle = await rolldown({
    input: path.join(dist, 'program.js'),
    platform: 'node',
    external: [/^node:/, 'better-sqlite3', 'hnswlib-node', '@huggingface/transformers', 'pino', 'sonic-boom', /^@opentelemetry\//, 'tar'],
    plugins: [{ name: 'own-places', transform: (code, file) => (path.isAbsolute(file) ? withOwnPlace(code, path.relative(dist, file)) : null) }],
  });
  await bundle.write({ dir: dist, format: 'esm', entryFileNames: 'program.js', chunkFileNames: '[name]-[hash].js' });
  await bundle.close();
  // Of what the compiler had put in that place.
  rmSync(path.join(dist, 'program.js.map'));
}

/** A file that asks where it is must be told where it was: it names others from there. */
function withOwnPlace(code, place) {
  if (!code.includes('import.meta.url')) return null;
  return code.replaceAll('import.meta.url', `new URL(${JSON.stringify(place.replaceAll(path.sep, '/'))}, import.meta.url).href`);
}
