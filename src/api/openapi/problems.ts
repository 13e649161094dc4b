import Type from 'typebox';
import { problemType } from '../http/problem.js';
import { ManifestAnswer, ProblemDetails } from '../index.js';

const problem = (description: string, schema: object = ProblemDetails): object => ({
  description,
  content: { [problemType]: { schema } },
});

/** Answer that refuses a manifest because of wrong rows. */
export const refusedManifest = Type.Object({ ...ProblemDetails.properties, ...ManifestAnswer.properties });

/** Errors of every call of the control API, unless the call declares its own. */
export const problemsOfControl = {
  '4xx': problem('refused'),
  '5xx': problem('the server cannot answer: it is being stopped, or its database fails'),
};

/** Errors of routes outside the control API. */
export const problemsOfGuard = {
  '4xx': problem('the bearer token is missing, or this Host or Origin is not served'),
};

/** HTTP errors of ES2+. If a function refuses a request, ES2+ answers with status 200, which is not listed here. */
export const problemsOfEs2Plus = {
  401: problem('the bearer token is missing'),
  403: problem('this Host or Origin is not served'),
  415: problem('the body is not JSON'),
  '4xx': Type.Null({ description: 'not a call of ES2+; without a body' }),
};

/** Errors of single calls. */
export const problemsOfCall: Readonly<Record<string, Readonly<Record<string, object>>>> = {
  'POST /api/v1/manifests': {
    422: problem('nothing was imported', Type.Union([refusedManifest, ProblemDetails])),
  },
};
