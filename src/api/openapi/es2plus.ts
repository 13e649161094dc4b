import Type, { type TObject, type TProperties, type TSchema } from 'typebox';
import { es2plusFunctions } from '../../orders/index.js';

/** What of a route is documented. */
export interface Description {
  readonly tags: readonly string[];
  readonly summary: string;
  readonly body: TSchema;
  readonly response: Readonly<Record<number, object>>;
}

const header = Type.Object({
  functionRequesterIdentifier: Type.String({ description: 'who calls: the OID or the name of the operator' }),
  functionCallIdentifier: Type.String({ description: 'which call it is: repeated, it gets the same answer' }),
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

/** Names of what all functions have. */
export const es2plusSchemas = { Es2PlusRequestHeader: header, Es2PlusAnswerHeader: answerHeader };

/** The functions of ES2+, which check their requests themselves: a schema would answer what SGP.22 does not know. */
export const es2plusDescriptions: Readonly<Record<string, Description>> = Object.fromEntries(
  Object.entries(es2plusFunctions).map(([name, { summary, request, answer }]) => [
    name,
    {
      tags: ['ES2+'],
      summary,
      body: Type.Object({ header, ...(request.properties as TProperties) }),
      // A refusal has the header and nothing else.
      response: {
        200: Type.Object({ header: answerHeader, ...Type.Partial(answer as TObject).properties }),
      },
    },
  ]),
);
