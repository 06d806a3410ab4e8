import { open } from 'node:fs/promises';

/** Makes what was written to a file, or the names in a folder, outlast a power cut. */
export async function syncFile(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
