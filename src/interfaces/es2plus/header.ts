import type { Exchange } from '../../instruments/exchanges/index.js';
import { callerOf, type RequestBody } from '../json-binding/index.js';
import type { Es2PlusCall } from '../../orders/index.js';
import { Refusal } from '../../wire/rsp/index.js';

/**
 * The header of a request (SGP.22 6.5.1.3): who calls, and which call it is.
 *
 * @param namespace the one that the caller works in
 * @param identifiers those of the operators that the client certificate is for; absent: the caller is believed
 * @throws Refusal 1.3.1/2.2 missing, 1.3.1/2.1 malformed, 1.1/1.2 the identifier is not that of the client certificate
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
  return {
    requester,
    functionCallIdentifier,
    namespace,
    check: (clause, what, fn) => exchange.check(clause, what, fn),
    concerns: async (profile) => {
      exchange.noteOrder(profile);
      await exchange.learn({ namespace: profile.namespace || undefined });
    },
    left: (state) => exchange.noteState(state),
  };
}
