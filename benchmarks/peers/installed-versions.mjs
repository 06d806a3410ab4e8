import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const versionIn = (folder) => JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')).version;

export const programVersion = () => versionIn(path.join(here, '..', '..'));

/**
 * Versions by name, as Node finds the packages from here: what this folder's package.json names in its own node_modules,
 * the others in the program's.
 */
export function versionsOf(...names) {
  const places = [here, path.join(here, '..', '..')].map((root) => path.join(root, 'node_modules'));
  return Object.fromEntries(
    names.map((name) => {
      const place = places.find((modules) => existsSync(path.join(modules, name)));
      if (place === undefined) throw new Error(`${name} is not installed: npm ci in benchmarks/peers`);
      return [name, versionIn(path.join(place, name))];
    }),
  );
}
