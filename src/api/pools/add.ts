import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import type { ControlContext } from '../context.js';
import { fieldProblem, Problem, problemResponses } from '../http/problem.js';
import { creationScopeOf } from '../scope.js';
import { generatePool, GeneratedPool, PoolRequest } from './generate.js';
import { importList, ImportedPool } from './import.js';
import { locationOfPool } from './lookup.js';
import { ListQuery } from './list-query.js';

const csv = {
  schema: Type.Any({
    description: 'the SM-DP+ address on the first row, ICCID,MatchingID on each further row',
  }),
};

/** `POST /pools`: imports a list of activation codes, or makes a pool of new profiles. */
export function addPool(app: FastifyInstance, context: ControlContext): void {
  const schema = {
    tags: ['pools'],
    summary: 'Import a list of activation codes (?format=intune), or make a pool of new codes (JSON)',
    querystring: ListQuery,
    body: { content: { 'application/json': { schema: PoolRequest }, 'text/csv': csv } },
    response: { 200: ImportedPool, 201: Type.Union([ImportedPool, GeneratedPool]), ...problemResponses },
  };
  app.post<{ Querystring: ListQuery; Body: PoolRequest | Buffer }>(
    '/pools',
    { schema },
    async (request, reply) => {
      const { body, query, mediaType } = request;
      const home = creationScopeOf(context, request);
      const list = listIn(body, mediaType, query);
      if (list) {
        const { isNew, pool } = await importList(home, list, query);
        if (isNew && !query.dryRun) reply.code(201).header('Location', locationOfPool(pool.name));
        return reply.send(pool);
      }
      const made = await generatePool(home, body as PoolRequest);
      return reply.code(201).header('Location', locationOfPool(made.name)).send(made);
    },
  );
}

/**
 * The list of codes in the body; `undefined` for a request in JSON.
 *
 * @throws Problem 400 for a list without `format`, 415 for JSON with `format`
 */
function listIn(
  body: PoolRequest | Buffer,
  mediaType: string | undefined,
  { format }: ListQuery,
): Buffer | undefined {
  if (mediaType === 'application/json') {
    if (format === undefined) return undefined;
    throw new Problem(415, 'send a list of codes with Content-Type: text/csv');
  }
  if (format === undefined)
    throw fieldProblem(
      'format',
      'is missing',
      'add ?format=intune for a list of codes, or send JSON (Content-Type: application/json) for a pool of new codes',
    );
  return Buffer.isBuffer(body) ? body : Buffer.alloc(0);
}
