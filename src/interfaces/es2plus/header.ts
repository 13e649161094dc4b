import type { Exchange } from '../../instruments/exchanges/index.js';
import { callerOf, type RequestBody } from '../json-binding/index.js';
import { Refusal } from '../../wire/rsp/index.js';
import type { Es2PlusCall } from './context.js';

/**
 * Reads the header of a request (SGP.22 6.5.1.3).
 *
 * @param identifiers the functionRequesterIdentifiers that the client certificate allows; absent: the client may use any identifier
 * @param namespace the namespace that the caller works in
 * @throws Refusal 1.3.1/2.2 if a member is missing; 1.3.1/2.1 if it is malformed; 1.1/1.2 if the client certificate does not allow the
 * functionRequesterIdentifier
 */
export function callOf(
  body: RequestBody,
  exchange: Exchange,
  identifiers: ReadonlySet<string> | undefined,
  namespace?: string,
): Es2PlusCall {
  const { functionRequesterIdentifier: requester, functionCallIdentifier } = callerOf(body);
  exchange.check('6.5.1.3', 'functionRequesterIdentifier is that of the client certificate', () => {
    if (identifiers && !identifiers.has(requester))
      throw new Refusal('1.1/1.2', 'functionRequesterIdentifier is not that of the client certificate');
  });
  return { requester, functionCallIdentifier, namespace };
}
