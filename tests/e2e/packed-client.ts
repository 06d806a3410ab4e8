import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));

const DEFAULTS = {
  target: 'ES2022',
  module: 'NodeNext',
  outDir: '.',
  strict: true,
  skipLibCheck: true,
  types: [],
};

export interface Consumer {
  readonly folder: string;
  /** Files of the package that the client consists of. */
  readonly files: readonly string[];
  write(name: string, text: string): Promise<void>;
  /** Runs the compiler. @param options  Besides the usual ones. @returns What it says; empty when all is well. */
  compile(files: readonly string[], options: Readonly<Record<string, unknown>>): Promise<string>;
  /** Runs a file with Node. @returns What it prints. */
  run(file: string): Promise<string>;
  remove(): Promise<void>;
}

/**
 * A project in a folder of its own that has of the package what `npm pack` would put in, as far as it is the client, and
 * of all other packages only the compiler and, where it asks for them, the types of Node.
 */
export async function makeConsumer(): Promise<Consumer> {
  const { stdout } = await run('npm', ['pack', '--dry-run', '--json'], { cwd: root, maxBuffer: 1 << 26 });
  const [packed] = JSON.parse(stdout) as [{ readonly files: ReadonlyArray<{ readonly path: string }> }];
  const files = packed.files.map((file) => file.path).filter((file) => file.startsWith('dist/client/'));
  const folder = await mkdtemp(path.join(tmpdir(), 'fihrist-consumer-'));
  const inPackage = path.join(folder, 'node_modules', 'fihrist');
  await mkdir(path.join(inPackage, 'dist', 'client'), { recursive: true });
  for (const file of [...files, 'package.json']) await cp(path.join(root, file), path.join(inPackage, file));
  for (const types of ['@types/node', 'undici-types']) {
    await cp(path.join(root, 'node_modules', types), path.join(folder, 'node_modules', types), {
      recursive: true,
    });
  }
  const write = (name: string, text: string) => writeFile(path.join(folder, name), text);
  await write('package.json', '{ "name": "consumer", "type": "module" }');
  return {
    folder,
    files,
    write,
    compile: async (compiled, options) => {
      const compilerOptions = { ...DEFAULTS, ...options };
      await write('tsconfig.json', JSON.stringify({ compilerOptions, files: compiled }));
      const compiler = path.join(root, 'node_modules', 'typescript', 'bin', 'tsc');
      return run(process.execPath, [compiler, '-p', folder]).then(
        () => '',
        (error: { stdout: string }) => error.stdout,
      );
    },
    run: async (file) => (await run(process.execPath, [path.join(folder, file)])).stdout,
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
