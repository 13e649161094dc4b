import type { FastifyError } from 'fastify';
import { CodeListError, type ListProblem } from '../../pools/list/index.js';
import { CodesTakenError, PoolConflictError, type TakenCode } from '../../pools/index.js';
import { SubscriberListError } from '../../manifests/index.js';
import { subscriberProblems } from '../subscribers/problems.js';
import { fieldProblem, Problem, type FieldProblem } from '../http/problem.js';
import { listTooLarge } from './code-list-body.js';

/** Turns an error that only pool calls throw into a problem. Returns any other error unchanged. */
export function problemOfPool(error: unknown): unknown {
  if (error instanceof CodeListError)
    return new Problem(422, `nothing was imported: ${error.message}`, error.problems.map(inList));
  if (error instanceof SubscriberListError) return subscriberProblems(error);
  if (error instanceof CodesTakenError)
    return new Problem(409, `nothing was imported: ${error.message}`, error.codes.map(inList));
  if (error instanceof PoolConflictError) return fieldProblem(error.field, error.problem, error.remedy, 409);
  if ((error as Partial<FastifyError>).code === 'FST_ERR_CTP_BODY_TOO_LARGE') return listTooLarge();
  return error;
}

function inList(problem: ListProblem | TakenCode): FieldProblem {
  const { field, line, column, value, message, remedy } = problem;
  return {
    field,
    line,
    ...(column !== undefined && { column }),
    ...(value !== undefined && { value }),
    message,
    remedy,
  };
}
