import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { FaultRuleError } from '../../instruments/faults/index.js';
import { ProfileRequestError, ProfileTypeError, type ProfileTypeProblem } from '../../orders/index.js';
import { ProfileDataError, UppError } from '../../profiles/index.js';
import { Refusal } from '../../wire/rsp/index.js';
import { DuplicateError, StoreError } from '../../store/index.js';
import type { MethodsOf } from './known-paths.js';
import { fieldProblem, Problem, sendProblem } from './problem.js';

/** Answers every error with problem details. */
export function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const problem = isOtherMedia(error) ? new Problem(415, mediaAdvice(error, request)) : problemOf(error);
  if (problem.status >= 500 && !(error instanceof Problem))
    request.log.error(error, 'a call of the control API failed');
  return sendProblem(reply, problem);
}

/** Answers a request whose path the router cannot read, before any route is found. */
export function answerUnreadablePath(
  error: FastifyError,
  _request: FastifyRequest,
  reply: FastifyReply,
): void {
  sendProblem(reply, problemOf(error));
}

/** Answers a request for an unknown route with 404. */
export const answerNotFound = (request: FastifyRequest, reply: FastifyReply): FastifyReply =>
  sendProblem(reply, notFound(request));

/** Answers an unknown call: 405 if the path exists for other methods, 404 otherwise. */
export const answerUnknownCall =
  (methodsOf: MethodsOf, prefix: string) =>
  (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const { method, url } = request;
    const path = url.split('?')[0]!;
    const methods = methodsOf(path);
    if (methods.length > 0) {
      reply.header('Allow', methods.join(', '));
      return sendProblem(
        reply,
        new Problem(405, `${path} does not accept ${method}; use ${methods.join(' or ')}`),
      );
    }
    const twice = path.startsWith(`${prefix}${prefix}`)
      ? `: ${prefix} is in the path twice; the library's call() adds ${prefix} to the path that you give`
      : undefined;
    return sendProblem(reply, notFound(request, twice));
  };

const notFound = ({ method, url }: FastifyRequest, hint = `; ${unknownPathAdvice(url)}`): Problem =>
  new Problem(404, `there is no ${method} ${url.split('?')[0]}${hint}`);

/** Advice for a client that calls an unknown path of the operator-facing listener. */
export const unknownPathAdvice = (url: string): string =>
  /^\/gsma\/rsp2\/es(?:9plus|11|12)\b/.test(url)
    ? 'let devices call the device-facing listener, which has another port (SMDP_PORT)'
    : '/docs lists all calls';

const isOtherMedia = (error: unknown): error is FastifyError =>
  (error as Partial<FastifyError>).code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE';

/** Names the media types that the call accepts. Only the few calls that take a profile package accept octets. */
function mediaAdvice({ message }: FastifyError, { server }: FastifyRequest): string {
  const taken = ['application/json', 'application/octet-stream'].filter((type) =>
    server.hasContentTypeParser(type),
  );
  return `${message}; send Content-Type: ${taken.join(' or ')}`;
}

const statusOfTypeProblem: Readonly<Record<ProfileTypeProblem, number>> = {
  unknown: 404,
  builtIn: 409,
  inUse: 409,
  unusable: 409,
};

/** Converts an error to the problem that the caller sees. An internal error appears only in the log. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof ProfileRequestError)
    return new Problem(400, error.message, [...error.problems].map(withoutUndefined));
  if (error instanceof FaultRuleError)
    return new Problem(400, error.message, error.problems.map(withoutUndefined));
  if (error instanceof ProfileDataError) return fieldProblem(error.field, error.problem);
  if (error instanceof UppError)
    return fieldProblem('body', error.message, 'send an unprotected profile package in DER, hex or base64');
  if (error instanceof ProfileTypeError)
    return new Problem(statusOfTypeProblem[error.problem], error.message);
  if (error instanceof DuplicateError) return taken(error);
  if (error instanceof Refusal) return new Problem(409, error.message, [], error.status);
  if (error instanceof StoreError) return new Problem(503, error.message);
  return ofFramework(error) ?? new Problem(500, 'the server failed; its log says why');
}

const taken = ({ field, value, isElsewhere }: DuplicateError): Problem =>
  isElsewhere
    ? fieldProblem(
        field,
        `'${value}' is in use in another namespace; it must be unique on the whole server, because devices send no namespace`,
        'give another value, for example one that begins with the name of the namespace, or omit it to get a new one',
        409,
      )
    : fieldProblem(
        field,
        `'${value}' is already in use`,
        field === 'imsi'
          ? 'give another IMSI, or remove the profile that has it'
          : 'give another value, or omit it to get a new one',
        409,
      );

const withoutUndefined = ({ field, message, remedy }: ProfileRequestError['problems'][number]) =>
  remedy === undefined ? { field, message } : { field, message, remedy };

/** Advice on requests that Fastify itself refuses. */
const advice: Readonly<Record<string, string>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'the body is larger than this call accepts',
  FST_ERR_CTP_INVALID_JSON_BODY: 'the body is not JSON',
  FST_ERR_BAD_URL: 'a percent sign in a path is written %25',
};

function ofFramework(error: unknown): Problem | undefined {
  const { statusCode, code, message } = error as Partial<FastifyError>;
  if (statusCode === undefined || statusCode < 400 || statusCode > 499) return undefined;
  const remedy = code === undefined ? undefined : advice[code];
  return new Problem(statusCode, [message, remedy].filter(Boolean).join('; '));
}
