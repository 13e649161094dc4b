import Type, { type TObject, type TProperties, type TSchema } from 'typebox';
import { es2plusFunctions } from '../../orders/index.js';

/** The documentation of a function. */
export interface Description {
  readonly tags: readonly string[];
  readonly summary: string;
  readonly body: TSchema;
  readonly response: Readonly<Record<number, object>>;
}

const header = Type.Object({
  functionRequesterIdentifier: Type.String({ description: 'who calls: the OID or the name of the operator' }),
  functionCallIdentifier: Type.String({
    description: 'identifies the call; a call with the same identifier gets the same answer',
  }),
});

const answerHeader = Type.Object({
  functionExecutionStatus: Type.Object({
    status: Type.Enum(['Executed-Success', 'Executed-WithWarning', 'Failed', 'Expired']),
    statusCodeData: Type.Optional(
      Type.Object({
        subjectCode: Type.String({ description: '8.2.1' }),
        reasonCode: Type.String({ description: '3.9' }),
        message: Type.Optional(Type.String()),
      }),
    ),
  }),
});

/** Schemas that all functions share, by name. */
export const es2plusSchemas = { Es2PlusRequestHeader: header, Es2PlusAnswerHeader: answerHeader };

/** Documents the functions of ES2+. These schemas check nothing, because SGP.22 defines how ES2+ refuses a request. */
export const es2plusDescriptions: Readonly<Record<string, Description>> = Object.fromEntries(
  Object.entries(es2plusFunctions).map(([name, { summary, request, answer }]) => [
    name,
    {
      tags: ['ES2+'],
      summary,
      body: Type.Object({ header, ...(request.properties as TProperties) }),
      // Members are optional because a refusal has only the header.
      response: {
        200: Type.Object({ header: answerHeader, ...Type.Partial(answer as TObject).properties }),
      },
    },
  ]),
);
