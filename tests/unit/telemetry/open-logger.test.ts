import { execFileSync } from 'node:child_process';
import { closeSync, constants, openSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
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

  describe('whose reader does not read', () => {
    let reader: number;
    let pipe: number;

    beforeEach(() => {
      const name = path.join(folder, 'pipe');
      execFileSync('mkfifo', [name]);
      reader = openSync(name, constants.O_RDONLY | constants.O_NONBLOCK);
      pipe = openSync(name, constants.O_WRONLY | constants.O_NONBLOCK);
    });
    afterEach(() => closeSync(pipe));

    it('is given up when the program ends after its reader', () => {
      const { logger, writeOut } = openLogger('info', pipe);
      logger.info('nobody reads this');
      closeSync(reader);
      expect(writeOut).not.toThrow();
    });

    it('goes without lines from then on', async () => {
      const { logger } = openLogger('info', pipe);
      closeSync(reader);
      for (const message of ['one', 'two', 'three']) {
        logger.error(message);
        await setTimeout(20);
      }
      expect(() => logger.info('four')).not.toThrow();
    });

    it('is given up when the program ends while its reader has stopped', () => {
      const { logger, writeOut } = openLogger('info', pipe);
      for (let line = 0; line < 1_000; line += 1) logger.info('x'.repeat(200));
      expect(writeOut).not.toThrow();
      closeSync(reader);
    });
  });
});
