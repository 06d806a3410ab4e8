import { describe, expect, it } from 'vitest';
import type { Archive } from '../../src/compose.js';
import { FihristError } from '../../src/domain/errors.js';
import { ServiceState } from '../../src/service-state.js';
import type { TaskQueue } from '../../src/tasks/task-queue.js';

/** Nothing of an archive but whether its model was changed: its state is told by nothing else. */
const archive = { needsEmbedding: false } as Archive;
const otherModel = { needsEmbedding: true } as Archive;
const progress = {
  phase: 'embedding',
  articlesDone: 3,
  articlesTotal: 9,
  charactersDone: 1,
  charactersTotal: 2,
  passagesDone: 4,
  elapsedMs: 5,
} as const;

const codesOf = (state: ServiceState) => state.readiness().reasons.map(({ code }) => code);

describe('ServiceState', () => {
  it('tells what is being opened, and refuses to be asked meanwhile', () => {
    const state = new ServiceState();
    expect(codesOf(state)).toEqual(['STARTING']);
    for (const [phase, code, words] of [
      ['store', 'STARTING', 'the database is being opened'],
      ['model', 'MODEL_LOADING', 'the model is being loaded'],
      ['index', 'INDEX_OPENING', 'the index is being opened'],
    ] as const) {
      state.opening(phase);
      expect(codesOf(state)).toEqual([code]);
      expect(() => state.archive()).toThrow(
        expect.objectContaining({ code: 'NOT_READY', message: expect.stringContaining(words) }),
      );
    }
    expect(state.openedArchive()).toBeNull();
  });

  it('can be asked while it indexes, and tells how far it is', () => {
    const state = new ServiceState();
    state.opened(archive);
    state.indexing(progress);
    expect(state.archive()).toBe(archive);
    expect(state.readiness()).toMatchObject({
      ready: false,
      reasons: [{ code: 'INDEXING' }],
      indexing: { articlesDone: 3, articlesTotal: 9 },
    });
    state.complete();
    expect(state.readiness()).toEqual({ ready: true, reasons: [], warnings: [], indexing: null });
  });

  it('warns while memory is short, and is not ready while it takes no searches for that', () => {
    const state = new ServiceState();
    state.opened(archive);
    state.complete();
    const shortage = { code: 'MEMORY_SHORT', message: 'the process takes 960 MB' };
    for (const [level, told] of [
      ['tight', { ready: true, reasons: [], warnings: [] }],
      ['short', { ready: true, reasons: [], warnings: [shortage] }],
      ['full', { ready: false, reasons: [shortage], warnings: [] }],
      ['ample', { ready: true, reasons: [], warnings: [] }],
    ] as const) {
      state.memoryIs(level, shortage.message);
      expect(state.readiness()).toMatchObject(told);
    }
  });

  it('cannot be asked before another model has embedded all again', () => {
    const state = new ServiceState();
    state.opened(otherModel);
    expect(codesOf(state)).toEqual(['MODEL_CHANGED']);
    expect(() => state.archive()).toThrow(expect.objectContaining({ code: 'NOT_READY' }));
    expect(state.openedArchive()).toBe(otherModel);
    state.complete();
    expect(state.archive()).toBe(otherModel);
    expect(codesOf(state)).toEqual([]);
  });

  it('is not ready any more when a thread has stopped, and says which', () => {
    const state = new ServiceState();
    state.opened(archive);
    state.complete();
    state.stopped(new FihristError('WORKER_STOPPED', 'The embedding thread failed: out of memory.'));
    expect(state.readiness()).toMatchObject({
      ready: false,
      reasons: [{ code: 'WORKER_STOPPED', message: 'The embedding thread failed: out of memory.' }],
    });
  });

  it('counts the tasks that are not over, once they are open', () => {
    const state = new ServiceState();
    expect(state.taskCounts()).toBeNull();
    const states = ['queued', 'running', 'queued'];
    state.tasksOpened({ list: () => states.map((one) => ({ state: one })) } as unknown as TaskQueue);
    expect(state.taskCounts()).toEqual({ queued: 2, running: 1 });
    expect(() => state.tasks()).toThrow(expect.objectContaining({ code: 'NOT_READY' }));
  });

  it('warns of a full disk until a write has gone well, and stays ready', () => {
    const state = new ServiceState();
    state.opened(archive);
    state.complete();
    state.wrote(new FihristError('DISK_FULL', 'There is no space left.'));
    const warned = { ready: true, warnings: [{ code: 'DISK_FULL', message: 'There is no space left.' }] };
    expect(state.readiness()).toMatchObject(warned);
    state.wrote(new FihristError('ARTICLE_INVALID', 'The title is missing.'));
    expect(state.readiness()).toMatchObject(warned);
    state.wrote(null);
    expect(state.readiness()).toMatchObject({ ready: true, warnings: [] });
  });

  it('tells of threads that do not answer: of the writing one as a warning, since searches go on', () => {
    const state = new ServiceState();
    state.opened(archive);
    state.complete();
    state.silence({ thread: 'storage', message: 'The storage thread has not answered for 15 s.' });
    expect(state.readiness()).toMatchObject({
      ready: true,
      warnings: [{ code: 'WORKER_SILENT', message: 'The storage thread has not answered for 15 s.' }],
    });
    state.silence({ thread: 'embedding', message: 'The embedding thread has not answered for 15 s.' });
    expect(state.readiness()).toMatchObject({
      ready: false,
      reasons: [{ code: 'WORKER_SILENT', message: 'The embedding thread has not answered for 15 s.' }],
    });
    for (const thread of ['storage', 'embedding']) state.silence({ thread, message: null });
    expect(state.readiness()).toMatchObject({ ready: true, reasons: [], warnings: [] });
  });
});
