// Takes the pictures of the search page that README.md shows: starts the built service on the sample archive, asks, and
// writes docs/pictures/search-<language>.webp. Needs Chromium (CHROMIUM_PATH, or where Debian puts it).
import { spawn } from 'node:child_process';
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const root = fileURLToPath(new URL('..', import.meta.url));
const pictures = path.join(root, 'docs', 'pictures');
const MAX_BYTES = 150_000;
const QUESTIONS = [
  { language: 'en', question: 'Where does the word checkmate come from?' },
  { language: 'ar', question: 'هل يستطيع العلماء معرفة موعد الزلزال قبل وقوعه؟' },
];

const index = mkdtempSync(path.join(tmpdir(), 'fihrist-pictures-'));
const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('FIHRIST_'));
const service = spawn(process.execPath, [path.join(root, 'dist', 'main.js'), 'serve'], {
  cwd: root,
  env: { ...Object.fromEntries(inherited), FIHRIST_PORT: '0', FIHRIST_INDEX: index },
  stdio: ['ignore', 'ignore', 'pipe'],
});
try {
  const url = await readyUrl(service);
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: ['--no-sandbox'],
  });
  try {
    mkdirSync(pictures, { recursive: true });
    for (const { language, question } of QUESTIONS) await takePicture(browser, { url, language, question });
  } finally {
    await browser.close();
  }
} finally {
  service.kill();
  rmSync(index, { recursive: true, force: true });
}

/** The address of the service once everything is indexed. */
function readyUrl(child) {
  return new Promise((resolve, reject) => {
    createInterface({ input: child.stderr }).on('line', (line) => {
      const entry = line.startsWith('{') ? JSON.parse(line) : {};
      if (entry.msg === 'ready') resolve(entry.url);
    });
    child.once('exit', (code) => reject(new Error(`the service ended with ${code}`)));
  });
}

async function takePicture(browser, { url, language, question }) {
  const context = await browser.newContext({
    viewport: { width: 1200, height: 740 },
    deviceScaleFactor: 1.5,
    colorScheme: 'light',
  });
  const page = await context.newPage();
  // Another search first: then fonts are there from the beginning, and nothing is done for the first time.
  for (const q of [`${question} ${question}`, question]) {
    const address = `${url}/?${new URLSearchParams({ q, ui: language })}`;
    await page.goto(address, { waitUntil: 'networkidle' });
  }
  const session = await context.newCDPSession(page);
  const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: 80 });
  const bytes = Buffer.from(data, 'base64');
  if (bytes.length > MAX_BYTES) throw new Error(`the picture has ${bytes.length} bytes; ${MAX_BYTES} are allowed`);
  const file = path.join(pictures, `search-${language}.webp`);
  writeFileSync(file, bytes);
  console.log(`${path.relative(root, file)}: ${bytes.length} bytes`);
  await context.close();
}
