import Type from 'typebox';
import { ManifestAnswer, ProblemDetails } from '../index.js';

const problemType = 'application/problem+json';

const problem = (description: string, schema: object = ProblemDetails): object => ({
  description,
  content: { [problemType]: { schema } },
});

/** What refuses a manifest because of its rows. */
export const refusedManifest = Type.Object({ ...ProblemDetails.properties, ...ManifestAnswer.properties });

/** How any call of the control API can end, unless it says so itself. */
export const problemsOfControl = {
  '4xx': problem('refused'),
  '5xx': problem('the server cannot answer: it is being stopped, or its database does not take it'),
};

/** The same beside the control API. */
export const problemsOfGuard = {
  '4xx': problem('the bearer token is missing, or this Host or Origin is not served'),
};

/** ES2+ knows refusals in an answer of status 200 only; what is no call of it gets none, and those who may not call are told. */
export const problemsOfEs2Plus = {
  401: problem('the bearer token is missing'),
  403: problem('this Host or Origin is not served'),
  415: problem('the body is no JSON'),
  '4xx': Type.Null({ description: 'not a call of ES2+; without a body' }),
};

/** The same for single calls. */
export const problemsOfCall: Readonly<Record<string, Readonly<Record<string, object>>>> = {
  'POST /api/v1/manifests': {
    422: problem('nothing was imported', Type.Union([refusedManifest, ProblemDetails])),
  },
};
