import { eidRangesOf, type Certificate } from '../pki/index.js';
import type { Remark } from './profile-request.js';

/** The eUICC manufacturers (EUMs) whose certificates are in the PKI folder. */
export interface KnownManufacturers {
  readonly eumCertificates?: readonly Certificate[] | undefined;
}

type EidRemark = Remark & { readonly remedy: string };

/**
 * Warns about EIDs that no known manufacturer may issue (SGP.22 4.5.2.1.0.2): their downloads are refused with 8.1.3/6.1. If
 * no manufacturer is known, it warns about none.
 */
export function eidRangeCheck({ eumCertificates = [] }: KnownManufacturers = {}): (
  eid: string,
) => EidRemark | undefined {
  const perEum = eumCertificates.map(eidRangesOf);
  const ranges = [...new Set(perEum.flat())];
  // A certificate without EID ranges is not that of an EUM: its devices fail with any EID.
  if (ranges.length === 0) return () => undefined;
  const list = ranges.join(' or ');
  const remark: EidRemark = {
    field: 'eid',
    message: `no EUM certificate of the PKI folder may issue it, only EIDs that begin with ${list}: with them, downloads are refused (8.1.3/6.1)`,
    remedy: `use such an EID, or a device whose EUM certificate is for its EID and under a CI of the server`,
  };
  return (eid) => (ranges.some((range) => eid.startsWith(range)) ? undefined : remark);
}
