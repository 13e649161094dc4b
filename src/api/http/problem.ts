import { STATUS_CODES } from 'node:http';
import type { FastifyReply } from 'fastify';
import Type, { type Static } from 'typebox';

const FieldProblem = Type.Object({
  field: Type.String({ description: 'path of the wrong member, such as metadata.icon' }),
  line: Type.Optional(Type.Integer({ description: 'line in the uploaded file, counted from 1' })),
  column: Type.Optional(Type.Integer({ description: 'cell in that line, counted from 1' })),
  value: Type.Optional(Type.String({ description: 'the wrong value, shortened' })),
  message: Type.String({ description: 'what is wrong' }),
  remedy: Type.Optional(Type.String({ description: 'what to do about it' })),
});
export type FieldProblem = Static<typeof FieldProblem>;

/** Problem details (RFC 9457): the body of every error of the control API. */
export const ProblemDetails = Type.Object(
  {
    type: Type.String(),
    title: Type.String({ description: 'the HTTP status in words' }),
    status: Type.Integer(),
    detail: Type.String({ description: 'what went wrong, in one sentence' }),
    refusal: Type.Optional(
      Type.String({ description: 'status code of SGP.22 for the refused change, such as 8.2.1/3.5' }),
    ),
    errors: Type.Array(FieldProblem, { description: 'every wrong member of the request' }),
  },
  { description: 'Problem details (RFC 9457)' },
);
export type ProblemDetails = Static<typeof ProblemDetails>;

export const problemType = 'application/problem+json';

/** An error of the control API, with its HTTP status. */
export class Problem extends Error {
  override readonly name = 'Problem';
  constructor(
    readonly status: number,
    message: string,
    readonly errors: readonly FieldProblem[] = [],
    readonly refusal?: string,
  ) {
    super(message);
  }

  get details(): ProblemDetails {
    return {
      type: 'about:blank',
      title: STATUS_CODES[this.status] ?? 'Error',
      status: this.status,
      detail: this.message,
      ...(this.refusal !== undefined && { refusal: this.refusal }),
      errors: [...this.errors],
    };
  }
}

/** Answers with a problem, in JSON. */
export const sendProblem = (reply: FastifyReply, problem: Problem): FastifyReply =>
  reply.code(problem.status).type(problemType).send(JSON.stringify(problem.details));

/** The problem for one wrong member of the request. */
export const fieldProblem = (
  field: string,
  message: string,
  remedy?: string,
  status: 400 | 409 = 400,
): Problem =>
  new Problem(status, `${field}: ${message}`, [{ field, message, ...(remedy !== undefined && { remedy }) }]);

/** Joins wrong members and their remedies into one sentence. */
export const problemsInWords = (
  problems: readonly (Pick<FieldProblem, 'field' | 'message'> & { readonly remedy?: string | undefined })[],
): string =>
  problems
    .map(({ field, message, remedy }) => `${field}: ${message}${remedy === undefined ? '' : ` (${remedy})`}`)
    .join('; ');

/** Response schema of calls that answer without a body. */
export const noContent = { 204: Type.Null({ description: 'done' }) };

/** Response schemas of the errors that every call can answer with. */
export const problemResponses = {
  '4xx': { description: 'refused', content: { [problemType]: { schema: ProblemDetails } } },
};
