import {
  boolean,
  choice,
  integer,
  objectIdentifier,
  octetString,
  optional,
  type Infer,
} from '../asn1/index.js';
import { OneTimePublicKey, sequence, Signature, TransactionId } from './common.js';

/** SmdpSigned2 (SGP.22 5.6.3), signed with SK.DPpb. */
export const SmdpSigned2 = sequence({
  transactionId: TransactionId,
  ccRequiredFlag: boolean(),
  bppEuiccOtpk: optional(OneTimePublicKey),
});
export type SmdpSigned2 = Infer<typeof SmdpSigned2>;

/**
 * EUICCSigned2 (SGP.22 5.7.5), signed with SK.EUICC. SGP.22 requires 32 octets for `hashCc`, but some test tools send an empty `hashCc`.
 * An empty `hashCc` can be decoded, and counts as absent.
 */
export const EuiccSigned2 = sequence({
  transactionId: TransactionId,
  euiccOtpk: OneTimePublicKey,
  hashCc: optional(octetString(0x04, { max: 32 })),
});
export type EuiccSigned2 = Infer<typeof EuiccSigned2>;

/** DownloadErrorCode (SGP.22 5.7.5). */
export const DownloadErrorCode = {
  invalidCertificate: 1,
  invalidSignature: 2,
  unsupportedCurve: 3,
  noSessionContext: 4,
  invalidTransactionId: 5,
  undefinedError: 127,
} as const;

/** PrepareDownloadResponse (SGP.22 5.7.5). */
export const PrepareDownloadResponse = choice(
  {
    downloadResponseOk: sequence({ euiccSigned2: EuiccSigned2, euiccSignature2: Signature }, { tag: 0xa0 }),
    downloadResponseError: sequence(
      { transactionId: TransactionId, downloadErrorCode: integer() },
      { tag: 0xa1 },
    ),
  },
  { tag: 0xbf21 },
);
export type PrepareDownloadResponse = Infer<typeof PrepareDownloadResponse>;

/** CancelSessionReason (SGP.22 5.7.14). */
export const CancelSessionReason = {
  endUserRejection: 0,
  postponed: 1,
  timeout: 2,
  pprNotAllowed: 3,
  metadataMismatch: 4,
  loadBppExecutionError: 5,
  undefinedReason: 127,
} as const;

/** EuiccCancelSessionSigned (SGP.22 5.7.14), signed with SK.EUICC. */
export const EuiccCancelSessionSigned = sequence({
  transactionId: TransactionId,
  smdpOid: objectIdentifier(0x81),
  reason: integer(0x82),
});
export type EuiccCancelSessionSigned = Infer<typeof EuiccCancelSessionSigned>;

/** CancelSessionResponse (SGP.22 5.7.14). */
export const CancelSessionResponse = choice(
  {
    cancelSessionResponseOk: sequence(
      { euiccCancelSessionSigned: EuiccCancelSessionSigned, euiccCancelSessionSignature: Signature },
      { tag: 0xa0 },
    ),
    cancelSessionResponseError: integer(0x81),
  },
  { tag: 0xbf41 },
);
export type CancelSessionResponse = Infer<typeof CancelSessionResponse>;
