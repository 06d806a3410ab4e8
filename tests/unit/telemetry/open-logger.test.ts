import { closeSync, openSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openLogger } from '../../../src/telemetry/open-logger.js';

describe('the log', () => {
  let folder: string;
  let file: string;
  let fd: number;
  const messages = async () =>
    (await readFile(file, 'utf8'))
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => (JSON.parse(line) as { msg: string }).msg);

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'fihrist-log-'));
    file = path.join(folder, 'log');
    fd = openSync(file, 'w');
  });
  afterEach(async () => {
    vi.useRealTimers();
    closeSync(fd);
    await rm(folder, { recursive: true });
  });

  it('writes lines together, in their order, and none that is below its level', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    const { logger } = openLogger('info', fd);
    logger.info('one');
    logger.debug('never');
    logger.info('two');
    expect(await messages()).toEqual([]);
    vi.advanceTimersByTime(100);
    await vi.waitFor(async () => expect(await messages()).toEqual(['one', 'two']));
    logger.info('three');
    vi.advanceTimersByTime(100);
    await vi.waitFor(async () => expect(await messages()).toEqual(['one', 'two', 'three']));
  });

  it('does not let a warning wait, nor what was said before it', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    const { logger } = openLogger('info', fd);
    logger.info('before');
    logger.warn('now');
    await vi.waitFor(async () => expect(await messages()).toEqual(['before', 'now']));
  });

  it('writes what waits when it is told to', async () => {
    const { logger, writeOut } = openLogger('info', fd);
    logger.info('last words');
    writeOut();
    expect(await messages()).toEqual(['last words']);
  });
});
