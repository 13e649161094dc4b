import type { Random } from '../base/random.js';
import { eidWithCheckDigits } from '../wire/rsp/identifiers.js';
import type { Certificate } from './certificate.js';
import { eidRangesOf } from './chain.js';
import type { Credential } from './issue-certificate.js';
import { issueEumOf } from './issue.js';
import type { EumCredential } from './pki.js';

const digitsBeforeCheck = 30;

/** Generates a random EID in the first range that an EUM certificate permits. */
export function newEid(eum: Certificate, random: Random): string {
  const [range = ''] = eidRangesOf(eum);
  const digits = BigInt(`0x${random.bytes(16).toString('hex')}`).toString();
  const rest = digits
    .slice(-(digitsBeforeCheck - range.length))
    .padStart(digitsBeforeCheck - range.length, '0');
  return eidWithCheckDigits(range + rest);
}

/** Whether an EUM certificate permits this EID. */
export function mayIssue(eum: Certificate, eid: string): boolean {
  const ranges = eidRangesOf(eum);
  return ranges.length === 0 || ranges.some((range) => eid.startsWith(range));
}

/**
 * Selects the EUM for an EID: the first of `eums` that may issue the EID. If none of them may, issues a new EUM under the CI of the first
 * EUM. If the private key of that CI is missing, returns the first EUM. `undefined` if `eums` is empty.
 */
export function eumFor(
  eid: string,
  { eums, issuers }: { readonly eums: readonly EumCredential[]; readonly issuers: readonly Credential[] },
  now: Date,
): Credential | undefined {
  const [first] = eums;
  const permitted = eums.find(({ certificate }) => mayIssue(certificate, eid));
  if (permitted || !first) return permitted;
  const ci = issuers.find(({ certificate }) => certificate.der.equals(first.ci.der));
  return ci ? issueEumOf(ci, eid, { now }) : first;
}
