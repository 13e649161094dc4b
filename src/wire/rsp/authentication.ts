import { choice, integer, octetString, optional, utf8String, type Infer } from '../asn1/index.js';
import { Certificate, sequence, Signature, TransactionId } from './common.js';
import { DeviceInfo, EuiccInfo2 } from './euicc-info.js';

/** ServerSigned1 (SGP.22 5.6.1), signed with SK.DPauth. */
export const ServerSigned1 = sequence({
  transactionId: TransactionId,
  euiccChallenge: octetString(0x81, { length: 16 }),
  serverAddress: utf8String(0x83),
  serverChallenge: octetString(0x84, { length: 16 }),
});
export type ServerSigned1 = Infer<typeof ServerSigned1>;

/** CtxParams1 (SGP.22 5.7.13). SGP.22 v2 defines only one alternative. */
export const CtxParams1 = choice({
  ctxParamsForCommonAuthentication: sequence(
    { matchingId: optional(utf8String(0x80)), deviceInfo: DeviceInfo },
    { tag: 0xa0 },
  ),
});

/** EuiccSigned1 (SGP.22 5.7.13), signed with SK.EUICC. */
export const EuiccSigned1 = sequence({
  transactionId: TransactionId,
  serverAddress: utf8String(0x83),
  serverChallenge: octetString(0x84, { length: 16 }),
  euiccInfo2: EuiccInfo2,
  ctxParams1: CtxParams1,
});
export type EuiccSigned1 = Infer<typeof EuiccSigned1>;

/** AuthenticateErrorCode (SGP.22 5.7.13). */
export const AuthenticateErrorCode = {
  invalidCertificate: 1,
  invalidSignature: 2,
  unsupportedCurve: 3,
  noSessionContext: 4,
  invalidOid: 5,
  euiccChallengeMismatch: 6,
  ciPKUnknown: 7,
  undefinedError: 127,
} as const;

/** AuthenticateServerResponse (SGP.22 5.7.13): the eUICC's answer to serverSigned1. */
export const AuthenticateServerResponse = choice(
  {
    authenticateResponseOk: sequence(
      {
        euiccSigned1: EuiccSigned1,
        euiccSignature1: Signature,
        euiccCertificate: Certificate,
        eumCertificate: Certificate,
      },
      { tag: 0xa0 },
    ),
    authenticateResponseError: sequence(
      { transactionId: TransactionId, authenticateErrorCode: integer() },
      { tag: 0xa1 },
    ),
  },
  { tag: 0xbf38 },
);
export type AuthenticateServerResponse = Infer<typeof AuthenticateServerResponse>;
