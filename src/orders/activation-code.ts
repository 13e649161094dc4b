import { namespacePrefix, noNamespace } from '../base/namespace.js';
import { formatActivationCode } from '../wire/rsp/index.js';
import type { Profile } from '../store/index.js';

type Coded = Pick<Profile, 'matchingId' | 'confirmationCodeHash' | 'namespace'>;

/**
 * The activation code of an order (SGP.22 4.1) with its `LPA:` prefix; `undefined` where no order has been confirmed. For an
 * order in a namespace that is found by its EID it has the prefix of the namespace, `LPA:1$…$WORKER-3--`: an empty MatchingID
 * would get the oldest order for the EID, in whatever namespace.
 *
 * @param address SM-DP+ address, with its port where that is not 443
 */
export function activationCodeOf(
  { matchingId: own, confirmationCodeHash, namespace }: Coded,
  address: string,
): string | undefined {
  if (own === null) return undefined;
  const matchingId = own === '' && namespace !== noNamespace ? namespacePrefix(namespace) : own;
  const confirmationCodeRequired = confirmationCodeHash !== null;
  return `LPA:${formatActivationCode({ smdpAddress: address, matchingId, confirmationCodeRequired })}`;
}

/** The alphanumeric set of QR codes (ISO/IEC 18004, table 5). */
const alphanumeric = /^[0-9A-Z $%*+\-./:]*$/;

/**
 * The activation code as it goes into a QR code: with the address in upper case where that makes the smaller,
 * alphanumeric code possible. The MatchingID is never touched, since its case counts.
 */
export function qrTextOf(profile: Coded, address: string): string | undefined {
  const upper = activationCodeOf(profile, address.toUpperCase());
  return upper !== undefined && alphanumeric.test(upper) ? upper : activationCodeOf(profile, address);
}
