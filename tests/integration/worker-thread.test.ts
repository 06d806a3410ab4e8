import { afterEach, describe, expect, it } from 'vitest';
import { FihristError } from '../../src/domain/errors.js';
import { WorkerThread } from '../../src/threads/worker-thread.js';

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
  });
`;

describe('WorkerThread', () => {
  const threads: WorkerThread[] = [];
  const stops: FihristError[] = [];
  const open = () => {
    const file = new URL(`data:text/javascript,${encodeURIComponent(source)}`);
    const thread = new WorkerThread({
      name: 'test',
      file,
      data: null,
      onStopped: (error) => stops.push(error),
    });
    threads.push(thread);
    return thread;
  };
  afterEach(async () => {
    for (const thread of threads.splice(0)) await thread.terminate();
    stops.length = 0;
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
