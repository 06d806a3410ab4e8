import { existsSync } from 'node:fs';

const PLACES = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/**
 * Where a Chromium is that tests can drive; null when there is none, which is said aloud.
 * @throws when there is none and this runs in CI: there nothing may be left out
 */
export function findChromium(): string | null {
  const found = PLACES.find((place) => place !== undefined && existsSync(place));
  if (found !== undefined) return found;
  const message =
    'No Chromium was found, so pages were not tried in a browser. Install one (apt install chromium) or name it in CHROMIUM_PATH.';
  if (process.env.CI) throw new Error(message);
  console.warn(message);
  return null;
}
