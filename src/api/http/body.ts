import type { FastifyInstance } from 'fastify';
import { brokenText, isBroken } from '../../base/characters.js';
import { hasFewValues, isDeeperThan } from './json-size.js';
import { fieldProblem, Problem } from './problem.js';

/**
 * Maximum number of members and elements in a body. Calls need far fewer. Parsing a body of this size does not delay devices noticeably.
 */
const mostValues = 10_000;

/** Maximum depth of a body. A deeper body could overflow the stack. */
const mostLevels = 100;

/** Parses JSON bodies. An empty or missing body counts as `{}`. */
export function takeJson(app: FastifyInstance): void {
  app.removeContentTypeParser(['application/json', 'text/plain']);
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, parsed) => {
    try {
      parsed(null, parseJson(body as string));
    } catch (error) {
      parsed(error as Error);
    }
  });
  app.addHook('preValidation', (request, _reply, next) => {
    request.body ??= {};
    next();
  });
}

function parseJson(text: string): unknown {
  if (text.trim() === '') return {};
  if (!hasFewValues(text, mostValues))
    throw new Problem(
      413,
      `the body has more than ${mostValues} members and elements; split it: lists of EIDs go to POST /manifests, lists of codes to POST /pools`,
    );
  if (isDeeperThan(text, mostLevels))
    throw new Problem(400, `the body is nested more than ${mostLevels} levels deep`);
  try {
    return JSON.parse(text, checked);
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new Problem(400, `the body is not JSON: ${(error as Error).message}`);
  }
}

function checked(member: string, value: unknown): unknown {
  if (member === '__proto__') throw fieldProblem(member, 'is not known', 'leave it out');
  if (isBroken(member) || (typeof value === 'string' && isBroken(value))) throw new Problem(400, brokenText);
  return value;
}
