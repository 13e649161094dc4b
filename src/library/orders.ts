import { randomUUID } from 'node:crypto';
import {
  es2plusFunctions,
  type Es2PlusAnswer,
  type Es2PlusFunction,
  type Es2PlusRequest,
} from '../orders/index.js';
import type { Asked, CallApi } from './call.js';

/** Identifiers in the header of a call of ES2+. */
export interface OrderCaller {
  /**
   * functionRequesterIdentifier. Default: `operator.example.com`. A test PKI has a client certificate for this
   * operator.
   */
  readonly operator?: string | undefined;
  /**
   * functionCallIdentifier. With the identifier of an earlier call, the server repeats the answer to that call.
   * Default: a new identifier.
   */
  readonly callId?: string | undefined;
}

/**
 * The functions of ES2+ (SGP.22 5.3), called on the operator-facing listener. Results do not include the header.
 *
 * @throws OrderRefused if the SM-DP+ refuses, with its status code
 */
export type OrderCalls = {
  readonly [Name in Es2PlusFunction]: (
    request: Asked<Es2PlusRequest<Name>>,
    caller?: OrderCaller,
  ) => Promise<Es2PlusAnswer<Name>>;
};

/** ES2+ refused a call. */
export class OrderRefused extends Error {
  override readonly name = 'OrderRefused';
  constructor(
    /** Name of the function, such as `confirmOrder`. */
    called: string,
    readonly subjectCode: string,
    readonly reasonCode: string,
    /** Message of the answer, if the answer has a message. */
    readonly explanation: string | undefined,
  ) {
    super(`${called} was refused with ${subjectCode}/${reasonCode}: ${explanation ?? 'no reason given'}`);
  }
}

interface Answer {
  readonly header?: {
    readonly functionExecutionStatus?: {
      readonly status?: string;
      readonly statusCodeData?: {
        readonly subjectCode: string;
        readonly reasonCode: string;
        readonly message?: string;
      };
    };
  };
}

export function ordersBy(call: CallApi): OrderCalls {
  const calling =
    (name: string) =>
    async (
      members: object,
      { operator = 'operator.example.com', callId = randomUUID() }: OrderCaller = {},
    ) => {
      const header = { functionRequesterIdentifier: operator, functionCallIdentifier: callId };
      const answer = await call<Answer | undefined>('POST', `/${name}`, {
        base: '/gsma/rsp2/es2plus',
        headers: { 'x-admin-protocol': 'gsma/rsp/v2.5.0' },
        body: { header, ...members },
      });
      const { status, statusCodeData } = answer?.header?.functionExecutionStatus ?? {};
      if (statusCodeData) {
        const { subjectCode, reasonCode, message } = statusCodeData;
        throw new OrderRefused(name, subjectCode, reasonCode, message);
      }
      if (!status?.startsWith('Executed-'))
        throw new TypeError(`the answer to ${name} is not an answer of ES2+`);
      return withoutHeader(answer!);
    };
  const names = Object.keys(es2plusFunctions);
  return Object.fromEntries(names.map((name) => [name, calling(name)])) as unknown as OrderCalls;
}

/** The members of an answer except its header. */
function withoutHeader({ header: _header, ...members }: Answer): object {
  return members;
}
