import { namespacePrefix, noNamespace } from '../base/namespace.js';
import { formatActivationCode } from '../wire/rsp/index.js';
import type { Profile } from '../store/index.js';

type Coded = Pick<Profile, 'matchingId' | 'confirmationCodeHash' | 'namespace'>;

/**
 * The activation code of an order (SGP.22 4.1) with its `LPA:` prefix; `undefined` if the order is not confirmed.
 *
 * If devices find the order by their EID within a namespace, the code has the prefix of the namespace as its MatchingID:
 * `LPA:1$…$WORKER-3--`. With an empty MatchingID, the device would get the oldest order for its EID in any namespace.
 *
 * @param address SM-DP+ address, with its port unless that is 443
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
 * The text of a QR code: the activation code, with the address in upper case if that allows the smaller, alphanumeric QR code.
 * The MatchingID keeps its case, which counts.
 */
export function qrTextOf(profile: Coded, address: string): string | undefined {
  const upper = activationCodeOf(profile, address.toUpperCase());
  return upper !== undefined && alphanumeric.test(upper) ? upper : activationCodeOf(profile, address);
}
