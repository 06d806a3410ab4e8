import { createHash } from 'node:crypto';
import { open, stat } from 'node:fs/promises';
import path from 'node:path';
import { FihristError } from '../domain/errors.js';
import type { ModelCard } from './model-card.js';

const READ_BYTES = 1 << 20;

/**
 * Holds every file of a model folder against its card, before anything native reads it.
 * @throws MODEL_NOT_FOUND, MODEL_FILE_ALTERED (operator), with the file and both sizes or hashes
 * Cost: reads all files once, about .1 s for the default model.
 */
export async function verifyModelFiles(folder: string, card: ModelCard): Promise<void> {
  await Promise.all(card.files.map((entry) => verifyFile(path.join(folder, entry.path), entry)));
}

async function verifyFile(file: string, entry: ModelCard['files'][number]): Promise<void> {
  const found = await stat(file).catch((cause: unknown) => {
    throw new FihristError('MODEL_NOT_FOUND', `The model file ${file} is missing or cannot be read.`, {
      details: { file },
      cause,
    });
  });
  if (found.size !== entry.sizeBytes) {
    throw new FihristError(
      'MODEL_FILE_ALTERED',
      `The model file ${file} has ${found.size} bytes; its card says ${entry.sizeBytes}.`,
      { details: { file, expectedBytes: entry.sizeBytes, actualBytes: found.size } },
    );
  }
  const actual = await sha256Of(file);
  if (actual !== entry.sha256) {
    throw new FihristError(
      'MODEL_FILE_ALTERED',
      `The model file ${file} has SHA-256 ${actual}; its card says ${entry.sha256}.`,
      { details: { file, expected: entry.sha256, actual } },
    );
  }
}

/** Into one buffer: a stream would leave all of the file to be collected, 50 MB of the default model. */
async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  const buffer = Buffer.allocUnsafe(READ_BYTES);
  const handle = await open(file);
  try {
    for (;;) {
      const { bytesRead } = await handle.read(buffer, 0, READ_BYTES);
      if (bytesRead === 0) return hash.digest('hex');
      hash.update(buffer.subarray(0, bytesRead));
    }
  } finally {
    await handle.close();
  }
}
