import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import Database from 'better-sqlite3';

/**
 * A rewrite of at most this many octets runs without a thread. It takes a few milliseconds, no longer than starting a
 * thread.
 */
const quicklyRewritten = 2 * 1024 * 1024;

/** SQL to run on a separate connection. */
export interface Script {
  /** Path of the database file. */
  readonly place: string;
  readonly sql: string;
  /** Milliseconds to wait for the lock of another connection. */
  readonly busyTimeout: number;
}

/**
 * The program of the thread. It is JavaScript in a string, so that it works in the sources, in the compiled files and
 * in the bundle.
 */
const program = `
  const { workerData } = require('node:worker_threads');
  const Database = require(workerData.engine);
  const db = new Database(workerData.place, { timeout: workerData.busyTimeout, fileMustExist: true });
  try {
    db.exec(workerData.sql);
  } finally {
    db.close();
  }`;

const engine = createRequire(import.meta.url).resolve('better-sqlite3');

/**
 * Runs the script on a separate connection. A failed script is rolled back. If the script moves many `octets`, it runs
 * in a thread, so that the server can handle requests meanwhile.
 */
export async function runApart(script: Script, octets: number): Promise<void> {
  const whole = { ...script, sql: `${settings}${script.sql}` };
  if (octets > quicklyRewritten) await runInThread(whole);
  else runHere(whole);
}

/** With foreign keys off, SQLite empties and copies tables page by page instead of row by row. */
const settings = `
  PRAGMA synchronous = NORMAL;
  PRAGMA wal_autocheckpoint = 4000;
  PRAGMA foreign_keys = OFF;`;

function runHere({ place, sql, busyTimeout }: Script): void {
  const db = new Database(place, { timeout: busyTimeout, fileMustExist: true });
  try {
    db.exec(sql);
  } finally {
    db.close();
  }
}

function runInThread(script: Script): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(program, { eval: true, execArgv: [], workerData: { ...script, engine } });
    worker.once('error', (error: Error) => reject(fromThread(error)));
    worker.once('exit', (code) => (code === 0 ? resolve() : reject(ended(code))));
  });
}

const ended = (code: number): Error => new Error(`The thread that rewrites the database ended with ${code}`);

/** Restores the class of an error. An error loses its class on the way from a thread. */
function fromThread(error: Error): Error {
  if (!('code' in error) || typeof error.code !== 'string') return error;
  return error.code.startsWith('SQLITE_') ? new Database.SqliteError(error.message, error.code) : error;
}
