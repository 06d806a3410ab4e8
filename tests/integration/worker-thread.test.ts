import { afterEach, describe, expect, it } from 'vitest';
import { FihristError } from '../../src/domain/errors.js';
import { hasHungThread } from '../../src/threads/hung-threads.js';
import {
  type ThreadSilence,
  WorkerThread,
  type WorkerThreadOptions,
} from '../../src/threads/worker-thread.js';

const serveCalls = new URL('../../dist/threads/serve-calls.js', import.meta.url).href;
const errors = new URL('../../dist/domain/errors.js', import.meta.url).href;

const source = `
  const { serveCalls } = await import(${JSON.stringify(serveCalls)});
  const { FihristError } = await import(${JSON.stringify(errors)});
  serveCalls({
    double: (number) => number * 2,
    later: async (text) => { await new Promise((resolve) => setTimeout(resolve, 20)); return text; },
    refuse: () => { throw new FihristError('DISK_FULL', 'the disk is full', { details: { free: 0 } }); },
    die: () => process.exit(7),
    hang: () => new Promise(() => {}),
    block: (ms) => { Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms); return 'done'; },
  });
`;

describe('WorkerThread', () => {
  const threads: WorkerThread[] = [];
  const stops: FihristError[] = [];
  const silences: ThreadSilence[] = [];
  const open = (options: Partial<WorkerThreadOptions> = {}) => {
    const file = new URL(`data:text/javascript,${encodeURIComponent(source)}`);
    const thread = new WorkerThread({
      name: 'test',
      file,
      data: null,
      onStopped: (error) => stops.push(error),
      onSilent: (silence) => silences.push(silence),
      ...options,
    });
    threads.push(thread);
    return thread;
  };
  afterEach(async () => {
    for (const thread of threads.splice(0)) await thread.terminate();
    stops.length = 0;
    silences.length = 0;
  });

  it('answers calls, each with its own result', async () => {
    const thread = open();
    const later = thread.call('later', 'slow');
    expect(await thread.call('double', 21)).toBe(42);
    expect(await later).toBe('slow');
  });

  it('keeps code, message and details of an error', async () => {
    const refused = open().call('refuse');
    await expect(refused).rejects.toBeInstanceOf(FihristError);
    await expect(refused).rejects.toMatchObject({
      code: 'DISK_FULL',
      message: 'the disk is full',
      details: { free: 0 },
    });
  });

  it('fails every waiting and later call when the thread dies, and tells its owner once', async () => {
    const thread = open();
    const waiting = thread.call('hang');
    await expect(thread.call('die')).rejects.toMatchObject({ code: 'WORKER_STOPPED' });
    await expect(waiting).rejects.toMatchObject({ code: 'WORKER_STOPPED', details: { thread: 'test' } });
    await expect(thread.call('double', 1)).rejects.toMatchObject({ code: 'WORKER_STOPPED' });
    expect(stops.map((error) => error.code)).toEqual(['WORKER_STOPPED']);
  });

  it('tells of a thread that has long been silent, and when it answers again', async () => {
    const thread = open({ silenceLimitMs: 2_000 });
    expect(await thread.call('block', 1_600)).toBe('done');
    expect(silences).toEqual([
      {
        thread: 'test',
        message: expect.stringMatching(/^The test thread has not answered for 1 s, asked for block\.$/),
      },
      { thread: 'test', message: null },
    ]);
    expect(stops).toEqual([]);
    expect(await thread.call('double', 2)).toBe(4);
  });

  it('gives a thread up that hangs, with whatever it was asked for', async () => {
    expect(hasHungThread()).toBe(false);
    const thread = open({ silenceLimitMs: 500 });
    const waiting = thread.call('double', 1);
    const hanging = thread.call('block', 60_000);
    expect(await waiting).toBe(2);
    await expect(hanging).rejects.toMatchObject({
      code: 'WORKER_STOPPED',
      message: expect.stringMatching(/has not answered for 1 s, asked for block; it is given up\.$/),
    });
    expect(stops).toHaveLength(1);
    await expect(thread.call('double', 1)).rejects.toMatchObject({ code: 'WORKER_STOPPED' });
    expect(hasHungThread()).toBe(true);
  });

  it('waits for what may take any time, and for work beside the thread as long as that may take', async () => {
    const thread = open({ silenceLimitMs: 300, patientWith: ['block'], limitsMs: { hang: 900 } });
    expect(await thread.call('block', 1_000)).toBe('done');
    expect(silences).toEqual([]);
    const started = performance.now();
    await expect(thread.call('hang')).rejects.toMatchObject({
      message: expect.stringContaining('has not come to an end with hang for 1 s'),
    });
    expect(performance.now() - started).toBeGreaterThan(800);
  });

  it('tells nobody when it is closed on purpose', async () => {
    const thread = open();
    const waiting = thread.call('hang');
    await Promise.all([
      expect(waiting).rejects.toMatchObject({ code: 'WORKER_STOPPED' }),
      thread.terminate(),
    ]);
    expect(stops).toEqual([]);
  });
});
