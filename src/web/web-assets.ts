import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export interface WebAsset {
  readonly mediaType: string;
  readonly bytes: Buffer;
}

/** The files that pages load, by what stands after `/assets/`: `<hash>/site.css`. */
export interface WebAssets {
  /** The place of a file by its name. It changes with any of the files, so that a browser may keep them for good. */
  readonly place: (name: string) => string;
  readonly files: ReadonlyMap<string, WebAsset>;
}

/** In the order of the cascade. */
const STYLE_SHEETS = [
  'fonts',
  'theme',
  'base',
  'search',
  'entries',
  'article',
  'chat',
  'status',
  'sign-in',
  'print',
];

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/**
 * Reads all files that pages load: style sheets (as one), scripts, fonts and the icon.
 * @param folder  Of this room, with `assets/` and, once built (scripts/build.mjs), `client/` and `fonts/`.
 */
export function loadWebAssets(folder: URL = new URL('./', import.meta.url)): WebAssets {
  const root = fileURLToPath(folder);
  const named = new Map<string, WebAsset>();
  const sheets = STYLE_SHEETS.map((name) => readFileSync(path.join(root, 'assets', `${name}.css`), 'utf8'));
  add(named, 'site.css', Buffer.from(sheets.join('\n')));
  add(named, 'icon.svg', readFileSync(path.join(root, 'assets', 'icon.svg')));
  for (const [place, extension] of [
    ['client', '.js'],
    ['fonts', '.woff2'],
  ] as const) {
    const inside = path.join(root, place);
    if (!existsSync(inside)) continue;
    for (const name of readdirSync(inside)
      .filter((file) => file.endsWith(extension))
      .sort()) {
      add(named, `${place}/${name}`, readFileSync(path.join(inside, name)));
    }
  }
  return toAssets(named);
}

function add(named: Map<string, WebAsset>, name: string, bytes: Buffer): void {
  named.set(name, { mediaType: MEDIA_TYPES[path.extname(name)] ?? 'application/octet-stream', bytes });
}

function toAssets(named: ReadonlyMap<string, WebAsset>): WebAssets {
  const hash = createHash('sha256');
  for (const [name, { bytes }] of named) hash.update(`${name}\0`).update(bytes);
  const version = hash.digest('hex').slice(0, 12);
  return {
    place: (name) => `/assets/${version}/${name}`,
    files: new Map([...named].map(([name, asset]) => [`${version}/${name}`, asset])),
  };
}
