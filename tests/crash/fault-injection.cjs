// Loaded into a service under test by `node --require`, in its main thread and in each of its threads: watches the
// calls that lead to the disk, to native code and to the clock, and at a named one kills the process, ends the thread,
// hangs, or lets the call fail. The program itself knows nothing of it. See docs/decisions/0015-faults-from-outside.md.
//
// FAULTS_FILE names a file of JSON: a list of faults as faults.ts describes them, or nothing yet. It is read again when it
// changes, so that a test can arm a fault while the service runs. What strikes is written to `<FAULTS_FILE>.log`.
'use strict';

const fs = require('node:fs');
const Module = require('node:module');
const path = require('node:path');
const { isMainThread } = require('node:worker_threads');

const FAULTS_FILE = process.env.FAULTS_FILE;
const THREADS = {
  'hnswlib-index-worker.js': 'vector-index',
  'sqlite-writer-worker.js': 'storage',
  'embedding-worker.js': 'embedding',
};
/** Asked late: a thread learns only after this file what it is to run. */
const threadName = () => (isMainThread ? 'main' : THREADS[path.basename(String(process.argv[1]))]);

// As they are before they are watched.
const real = {
  open: fs.promises.open,
  rename: fs.promises.rename,
  rm: fs.promises.rm,
  now: Date.now,
};

let armed = [];
let armedText = null;
/** Renames whose folder was not synced yet: a power cut may undo them. */
let unsyncedRenames = [];

if (FAULTS_FILE !== undefined) {
  watchFiles();
  watchClock();
  watchPackages();
}

function readFaults() {
  let text;
  try {
    text = fs.readFileSync(FAULTS_FILE, 'utf8');
  } catch {
    text = '[]';
  }
  // A file that is just being written is read with the next event.
  if (text === armedText || text === '') return armed;
  armedText = text;
  armed = JSON.parse(text).map((fault) => ({ ...fault, seen: 0, hasStruck: false }));
  return armed;
}

/**
 * Tells that the thread has come to a point.
 * @param event  Kind of call: "rename", "sql", …
 * @param subject  Path or SQL of the call.
 * @param when  "before" or "after" it.
 * @param context  More to be matched by `within`: the statements of the transaction so far.
 * @returns The error that the call is to fail with, or null.
 */
function reach(event, subject, when, context = '') {
  for (const fault of readFaults()) {
    if (fault.hasStruck && fault.repeats !== true) continue;
    if (fault.event !== event && fault.event !== 'any') continue;
    if ((fault.when ?? 'before') !== when) continue;
    if (fault.thread !== undefined && fault.thread !== threadName()) continue;
    if (fault.match !== undefined && !new RegExp(fault.match).test(subject)) continue;
    if (fault.within !== undefined && !new RegExp(fault.within).test(context)) continue;
    fault.seen += 1;
    if (fault.seen < (fault.count ?? 1)) continue;
    fault.hasStruck = true;
    return strike(fault, subject);
  }
  return null;
}

function strike(fault, subject) {
  fs.appendFileSync(`${FAULTS_FILE}.log`, `${fault.name}\n`);
  for (const loss of fault.losses ?? []) lose(loss, subject);
  switch (fault.effect) {
    case 'kill':
      process.kill(process.pid, 'SIGKILL');
      return hang();
    case 'end thread':
      return process.exit(1);
    case 'throw in thread':
      setImmediate(() => {
        throw new Error('a fault of this thread');
      });
      return null;
    case 'hang':
      return hang();
    default: {
      const error = new Error(`${fault.effect}: made by a test`);
      error.code = fault.effect;
      return error;
    }
  }
}

/** What a power cut takes with it: bytes that were not synced, and renames whose folder was not. */
function lose(loss, subject) {
  if (loss.rename !== undefined) {
    for (const { from, to, replaced } of unsyncedRenames) {
      if (!new RegExp(loss.rename).test(to)) continue;
      fs.renameSync(to, from);
      if (replaced !== null) fs.writeFileSync(to, replaced);
    }
  } else {
    const size = fs.statSync(subject).size;
    fs.truncateSync(subject, Math.floor(size * loss.keptShare));
  }
}

/** In native code, where nothing reaches the thread: reading from a pipe into which nobody writes. */
function hang() {
  const pipe = `${FAULTS_FILE}.${process.pid}.pipe`;
  require('node:child_process').execFileSync('mkfifo', [pipe]);
  const file = fs.openSync(pipe, 'r+');
  fs.readSync(file, Buffer.alloc(1));
  return null;
}

/** Calls `action` between its two points. */
async function watched(event, subject, action) {
  const failure = reach(event, subject, 'before');
  if (failure !== null) throw failure;
  const result = await action();
  const later = reach(event, subject, 'after');
  if (later !== null) throw later;
  return result;
}

function watchFiles() {
  const places = new WeakMap();
  const promises = fs.promises;

  promises.open = async (file, ...rest) => {
    const place = String(file);
    const handle = await watched('open', place, () => real.open(file, ...rest));
    places.set(handle, place);
    watchHandles(Object.getPrototypeOf(handle), places);
    return handle;
  };
  promises.rename = (from, to) =>
    watched('rename', String(to), async () => {
      const replaced = fs.existsSync(to) ? fs.readFileSync(to) : null;
      await real.rename(from, to);
      unsyncedRenames.push({ from: String(from), to: String(to), replaced });
    });
  promises.rm = (file, ...rest) => watched('rm', String(file), () => real.rm(file, ...rest));
  Module.syncBuiltinESMExports();
}

function watchHandles(prototype, places) {
  if (prototype.isWatched === true) return;
  prototype.isWatched = true;
  const { sync, writeFile } = prototype;
  prototype.sync = function () {
    const place = places.get(this) ?? '';
    return watched('sync', place, async () => {
      await sync.call(this);
      unsyncedRenames = unsyncedRenames.filter(({ to }) => path.dirname(to) !== place);
    });
  };
  prototype.writeFile = function (...given) {
    return watched('write', places.get(this) ?? '', () => writeFile.apply(this, given));
  };
}

/** `{ event: "clock", offsetMs }` shifts the time of day from when it is armed. */
function watchClock() {
  const offsetMs = () => readFaults().find(({ event }) => event === 'clock')?.offsetMs ?? 0;
  const RealDate = Date;
  globalThis.Date = class ShiftedDate extends RealDate {
    constructor(...given) {
      if (given.length === 0) super(real.now() + offsetMs());
      else super(...given);
    }

    static now() {
      return real.now() + offsetMs();
    }
  };
}

function watchPackages() {
  const load = Module._load;
  Module._load = function (...given) {
    const loaded = load.apply(this, given);
    if (typeof loaded?.HierarchicalNSW === 'function') watchGraphs(loaded);
    if (typeof loaded?.InferenceSession?.create === 'function') watchSessions(loaded.InferenceSession);
    if (typeof loaded?.SqliteError === 'function') watchDatabase(loaded);
    return loaded;
  };
}

function watchGraphs(hnswlib) {
  if (hnswlib.isWatched === true) return;
  hnswlib.isWatched = true;
  let graphs = 0;
  const call = (event, graph, action) => {
    const subject = `graph ${graph}`;
    const failure = reach(event, subject, 'before');
    if (failure !== null) throw failure;
    const result = action();
    const later = reach(event, subject, 'after');
    if (later !== null) throw later;
    return result;
  };
  // Native methods cannot be replaced, but a class can.
  hnswlib.HierarchicalNSW = class HierarchicalNSW extends hnswlib.HierarchicalNSW {
    #number = ++graphs;

    initIndex(...given) {
      return call('initIndex', this.#number, () => super.initIndex(...given));
    }

    addPoint(...given) {
      return call('addPoint', this.#number, () => super.addPoint(...given));
    }

    markDelete(...given) {
      return call('markDelete', this.#number, () => super.markDelete(...given));
    }

    searchKnn(...given) {
      return call('searchKnn', this.#number, () => super.searchKnn(...given));
    }

    writeIndex(file) {
      return watched('writeIndex', file, () => super.writeIndex(file));
    }
  };
}

function watchSessions(InferenceSession) {
  if (InferenceSession.isWatched === true) return;
  InferenceSession.isWatched = true;
  const { create } = InferenceSession;
  InferenceSession.create = async function (...given) {
    const session = await create.apply(this, given);
    const run = session.run.bind(session);
    session.run = (...inputs) => watched('embed', 'a text', () => run(...inputs));
    return session;
  };
}

function watchDatabase(Database) {
  if (Database.isWatched === true) return;
  Database.isWatched = true;
  const prepare = Database.prototype.prepare;
  const exec = Database.prototype.exec;
  let transaction = '';
  const run = (sql, action) => {
    if (/^\s*BEGIN/i.test(sql)) transaction = '';
    const failure = reach('sql', sql, 'before', transaction);
    if (failure !== null) throw failure;
    const result = action();
    transaction += `${sql}\n`;
    const later = reach('sql', sql, 'after', transaction);
    if (later !== null) throw later;
    return result;
  };
  Database.prototype.prepare = function (...given) {
    const statement = prepare.apply(this, given);
    watchStatements(Object.getPrototypeOf(statement), run);
    return statement;
  };
  Database.prototype.exec = function (sql) {
    return run(sql, () => exec.call(this, sql));
  };
}

function watchStatements(prototype, run) {
  if (prototype.isWatched === true) return;
  prototype.isWatched = true;
  for (const name of ['run', 'get', 'all']) {
    const method = prototype[name];
    prototype[name] = function (...given) {
      return run(this.source, () => method.apply(this, given));
    };
  }
}
