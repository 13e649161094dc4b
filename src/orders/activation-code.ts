import { namespacePrefix, noNamespace } from '../base/namespace.js';
import { formatActivationCode } from '../wire/rsp/index.js';
import type { Profile } from '../store/index.js';

type Coded = Pick<Profile, 'matchingId' | 'confirmationCodeHash' | 'namespace'>;

/**
 * The activation code of an order (SGP.22 4.1), with the prefix `LPA:`. `undefined` if the order is not confirmed.
 *
 * An order in a namespace may have an empty MatchingID. The server then finds the order by the device's EID. The code of
 * such an order contains the prefix of the namespace in place of a MatchingID: `LPA:1$…$WORKER-3--`. A code with an
 * empty MatchingID would select the oldest order for the EID in any namespace.
 *
 * @param address SM-DP+ address, with the port unless the port is 443
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
 * The text for a QR code: the activation code. If the MatchingID has no lower case, the
 * address is written in upper case: the QR code then uses the alphanumeric mode, and is smaller. The MatchingID itself
 * never changes, because servers distinguish upper and lower case in it.
 */
export function qrTextOf(profile: Coded, address: string): string | undefined {
  const upper = activationCodeOf(profile, address.toUpperCase());
  return upper !== undefined && alphanumeric.test(upper) ? upper : activationCodeOf(profile, address);
}
