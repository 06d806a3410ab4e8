import { appendFile, readFile, writeFile } from 'node:fs/promises';
import type { CliIo } from './cli-io.js';

/**
 * The CliIo of a real process. A reader that goes away (`fihrist search … | head -1`) is not an error:
 * what is written after that is lost without a word.
 * @param options.noColour  True when the NO_COLOR variable is set to anything but nothing.
 */
export function processIo(options: { noColour: boolean; interrupted: AbortSignal }): CliIo {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  }
  return {
    stdout: process.stdout,
    stderr: process.stderr,
    noColour: options.noColour,
    interrupted: options.interrupted,
    writeFile: (path, text) => writeFile(path, text, 'utf8'),
    checkWritable: (path) => appendFile(path, ''),
    readFile: (path) => readFile(path, 'utf8'),
  };
}
