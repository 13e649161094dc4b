import type { FastifyInstance } from 'fastify';
import { Problem, sendProblem } from '../../api/index.js';
import type { Config } from '../config.js';
import { ConfigError, namesOf } from '../settings.js';
import { isPostgres } from '../../store/index.js';

/**
 * Refuses settings that do not work with several processes.
 *
 * @throws ConfigError
 */
export function refuseSingleProcessSettings(config: Config): void {
  if (config.workers === 1) return;
  const workers = `${namesOf('workers')} is ${config.workers}`;
  if (config.database === ':memory:')
    throw new ConfigError(
      `${workers}, but a database in memory belongs to one process; give a file or postgres://….`,
    );
  if (isPostgres(config.database)) return;
  for (const name of ['randomSeed', 'faults'] as const)
    if (config[name] !== undefined)
      throw new ConfigError(
        `${workers}, but on SQLite ${namesOf(name)} works with one process only; use PostgreSQL or one worker.`,
      );
}

/**
 * Calls, and the state that they are about. On SQLite, each process keeps its own state, so these calls would reach or show only one
 * process.
 */
const ofOneProcess: readonly (readonly [methods: string, path: RegExp, what: string])[] = [
  ['POST', /^\/faults$/, 'fault rules'],
  ['PUT DELETE', /^\/faults\/scenarios(\/|$)/, 'scenarios'],
  ['PUT DELETE', /^\/clock$/, 'clock'],
  ['PUT', /^\/conduct$/, 'conduct'],
  ['PUT', /^\/address$/, 'address'],
  ['GET POST DELETE', /^\/(exchanges|sessions|verify|events|statistics)(\/|$)/, 'journal'],
];

/** Answers 409 to calls that would reach only one of several workers on SQLite. */
export function refuseSingleProcessCalls(app: FastifyInstance, count: number): void {
  app.addHook('onRequest', async ({ method, routeOptions }, reply) => {
    // The route, because the URL of the request can have percent-encoded characters.
    const path = /^\/api\/v1(\/.*)/.exec(routeOptions.url ?? '')?.[1];
    const row =
      path && ofOneProcess.find(([methods, pattern]) => methods.includes(method) && pattern.test(path));
    if (!row) return undefined;
    const detail =
      `This server has ${count} workers on SQLite, and each worker would have its own ${row[2]}. ` +
      `Start the server without --workers, or with a PostgreSQL database: the workers then share the ${row[2]}.`;
    return sendProblem(reply, new Problem(409, detail));
  });
}
