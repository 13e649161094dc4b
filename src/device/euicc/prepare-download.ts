import { createHash } from 'node:crypto';
import { Asn1Error, decode, encode, tlv } from '../../wire/asn1/index.js';
import {
  DownloadErrorCode,
  EuiccSigned2,
  PrepareDownloadResponse,
  Signature,
  SmdpSigned2,
} from '../../wire/rsp/index.js';
import { authenticatedSession, type AuthenticatedSession, type Card, type PreparedSession } from './card.js';
import { readCertificate, type CardCertificate } from './certificate.js';
import { build, finish, signed } from './edits.js';
import { DownloadFault } from './faults.js';
import { keepOneTimeKey, keptOneTimeKey } from './one-time-keys.js';
import { generateOneTimeKeyPair, type Curve } from './key-agreement.js';
import { signatureHolds } from './signature.js';
import { CertificateError, checkServerCertificate, ciOf } from './server-certificate.js';

/** Parameters of ES10b.PrepareDownload (SGP.22 5.7.5). */
export interface PrepareDownloadRequest {
  /** DER. */
  readonly smdpSigned2: Buffer;
  /** TLV 5F37. */
  readonly smdpSignature2: Buffer;
  /** CERT.DPpb, DER. */
  readonly smdpCertificate: Buffer;
  /** SHA256(SHA256(confirmation code) ‖ transactionId), made by {@link confirmationCodeHash}. */
  readonly hashCc?: Buffer | undefined;
}

/** Computes hashCc for a confirmation code and a transaction (SGP.22 5.7.5): 32 octets. */
export const confirmationCodeHash = (code: string, transactionId: Buffer): Buffer =>
  createHash('sha256')
    .update(createHash('sha256').update(code, 'utf8').digest())
    .update(transactionId)
    .digest();

/** Verifies the SM-DP+'s signature. @returns PrepareDownloadResponse in DER, with a one-time key of the eUICC */
export function prepareDownload(card: Card, request: PrepareDownloadRequest): Buffer {
  const session = authenticatedSession(card);
  if (session?.role !== 'dpAuth') {
    throw new DownloadFault('noSessionContext', 'no SM-DP+ is authenticated');
  }
  const bindingCertificate = bindingCertificateOf(card, session, request.smdpCertificate);
  const signature = read('smdpSignature2', () => decode(Signature, request.smdpSignature2));
  if (
    !signatureHolds(bindingCertificate.publicKey, [request.smdpSigned2, session.euiccSignature1], signature)
  ) {
    throw new DownloadFault(
      'invalidSignature',
      'smdpSignature2 does not verify with the key of smdpCertificate',
    );
  }
  const smdpSigned2 = read('smdpSigned2', () => decode(SmdpSigned2, request.smdpSigned2));
  if (!smdpSigned2.transactionId.equals(session.transactionId)) {
    throw new DownloadFault('invalidTransactionId', 'smdpSigned2 belongs to another transaction');
  }

  const oneTimeKey =
    keptOneTimeKey(card, session.serverOid, smdpSigned2.bppEuiccOtpk) ??
    generateOneTimeKeyPair(session.serverCi.curve as Curve);
  keepOneTimeKey(card, session.serverOid, oneTimeKey);
  const euiccSigned2 = build(card.edits, 'euiccSigned2', EuiccSigned2, {
    transactionId: session.transactionId,
    euiccOtpk: oneTimeKey.publicKey,
    hashCc: smdpSigned2.ccRequiredFlag ? request.hashCc : undefined,
  });
  const euiccSignature2 = signed(card.edits, 'euiccSigned2', session.credential.privateKey, [
    euiccSigned2,
    request.smdpSignature2,
  ]);
  card.session = { ...session, stage: 'prepared', bindingCertificate, oneTimeKey } satisfies PreparedSession;
  const answer = tlv(0xbf21, tlv(0xa0, euiccSigned2, euiccSignature2));
  return finish(card.edits, 'prepareDownloadResponse', answer);
}

/** Builds the PrepareDownloadResponse that refuses a download. */
export function downloadResponseError(card: Card, { code }: DownloadFault): Buffer {
  const answer = encode(PrepareDownloadResponse, {
    downloadResponseError: {
      transactionId: authenticatedSession(card)?.transactionId ?? Buffer.of(0),
      downloadErrorCode: DownloadErrorCode[code],
    },
  });
  return finish(card.edits, 'prepareDownloadResponse', answer);
}

function bindingCertificateOf(
  card: Card,
  session: AuthenticatedSession | PreparedSession,
  der: Buffer,
): CardCertificate {
  const refused = (code: 'invalidCertificate' | 'unsupportedCurve', message: string): DownloadFault =>
    new DownloadFault(code, `smdpCertificate: ${message}`);
  try {
    const certificate = readCertificate(der);
    if (ciOf(certificate, card.material.trustedCis) !== session.serverCi) {
      throw refused('invalidCertificate', 'was not issued under the CI of CERT.DPauth');
    }
    const { oid } = checkServerCertificate(certificate, {
      ci: session.serverCi,
      roles: ['dpPb'],
      now: card.behaviour.ignoresCertificateDates ? undefined : card.clock.now(),
    });
    if (oid !== session.serverOid) {
      throw refused('invalidCertificate', `belongs to ${oid}, but ${session.serverOid} authenticated itself`);
    }
    return certificate;
  } catch (error) {
    if (error instanceof DownloadFault) throw error;
    const isCurve = error instanceof CertificateError && error.problem === 'unsupportedCurve';
    throw refused(isCurve ? 'unsupportedCurve' : 'invalidCertificate', (error as Error).message);
  }
}

function read<T>(field: string, body: () => T): T {
  try {
    return body();
  } catch (error) {
    if (!(error instanceof Asn1Error)) throw error;
    throw new DownloadFault('undefinedError', error.within(field).message);
  }
}
