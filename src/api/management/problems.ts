import type { FastifyError } from 'fastify';
import { PolicyRefused, SyncMlError, xmlLimits } from '../../device/management/index.js';
import { fieldProblem, Problem } from '../http/problem.js';
import { problemOfPool } from '../pools/problems.js';

const statusOf = { invalid: 400, conflict: 409, unknown: 404 } as const;

/** Turns an error of device management into the problem that the caller sees. Returns any other error unchanged. */
export function problemOfManagement(error: unknown): unknown {
  if (error instanceof SyncMlError)
    return fieldProblem('body', error.message, 'send a SyncML document of OMA-DM 1.2 in UTF-8');
  if ((error as Partial<FastifyError>).code === 'FST_ERR_CTP_BODY_TOO_LARGE')
    return new Problem(
      413,
      `the body is too large; a SyncML document has at most ${xmlLimits.octets} octets`,
    );
  if (!(error instanceof PolicyRefused)) return problemOfPool(error);
  const { kind, field, message, remedy } = error;
  const details = { field, message, ...(remedy !== undefined && { remedy }) };
  const isSentence = kind === 'unknown' || kind === 'conflict';
  return new Problem(statusOf[kind], isSentence ? withRemedy(message, remedy) : `${field}: ${message}`, [
    details,
  ]);
}

const withRemedy = (message: string, remedy: string | undefined): string =>
  remedy === undefined ? message : `${message}; ${remedy}`;
