import { eidRangesOf, type Certificate } from '../pki/index.js';
import type { Remark } from './profile-request.js';

/** The eUICC manufacturers (EUMs) whose certificates are in the PKI folder. */
export interface KnownManufacturers {
  readonly eumCertificates?: readonly Certificate[] | undefined;
}

type EidRemark = Remark & { readonly remedy: string };

/**
 * Returns a check that warns about EIDs that no known manufacturer may issue (SGP.22 4.5.2.1.0.2). The server refuses
 * downloads by eUICCs with such an EID (8.1.3/6.1). Exception: the eUICC has the certificate of another manufacturer that
 * the server accepts. If no manufacturer is known, the check never warns.
 */
export function eidRangeCheck({ eumCertificates = [] }: KnownManufacturers = {}): (
  eid: string,
) => EidRemark | undefined {
  const perEum = eumCertificates.map(eidRangesOf);
  const ranges = [...new Set(perEum.flat())];
  // No ranges: the folder has no EUM certificate, or only invalid ones. With an invalid certificate, downloads fail for every EID.
  if (ranges.length === 0) return () => undefined;
  const list = ranges.join(' or ');
  const remark: EidRemark = {
    field: 'eid',
    message: `the EUM certificates in the PKI folder cover only EIDs that begin with ${list}`,
    remedy:
      "a virtual device gets an EUM of its own for this EID, if the folder has the CI's key; any other device needs an EUM certificate for this EID, issued under a CI of the server; without such a certificate, the server refuses its downloads with 8.1.3/6.1",
  };
  return (eid) => (ranges.some((range) => eid.startsWith(range)) ? undefined : remark);
}
