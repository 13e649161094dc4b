import { Asn1Error, decode, tlv } from '../../wire/asn1/index.js';
import {
  AuthenticateErrorCode,
  AuthenticateServerResponse,
  ServerSigned1,
  Signature,
  SubjectKeyIdentifier,
} from '../../wire/rsp/index.js';
import { encode } from '../../wire/asn1/index.js';
import type { AuthenticatedSession, Card, EuiccCredential } from './card.js';
import { readCertificate, type CardCertificate } from './certificate.js';
import { build, EuiccSigned1Parts, finish, signed } from './edits.js';
import { euiccInfo2 } from './euicc-info.js';
import { AuthenticationFault } from './faults.js';
import { signatureHolds } from './signature.js';
import { CertificateError, checkServerCertificate, ciOf } from './server-certificate.js';

/** The parameters of ES10b.AuthenticateServer (SGP.22 5.7.13), each in DER. All except `ctxParams1` come from the server. */
export interface AuthenticateServerRequest {
  readonly serverSigned1: Buffer;
  /** TLV 5F37. */
  readonly serverSignature1: Buffer;
  /** TLV 04. */
  readonly euiccCiPKIdToBeUsed: Buffer;
  /** CERT.DPauth or CERT.DSauth. */
  readonly serverCertificate: Buffer;
  /** CtxParams1, which the LPA makes. */
  readonly ctxParams1: Buffer;
}

/** Verifies the server. @returns AuthenticateServerResponse in DER, with the eUICC's signature */
export function authenticateServer(card: Card, request: AuthenticateServerRequest): Buffer {
  const { session, answer } = authenticated(card, request);
  card.session = session;
  return answer;
}

/** Builds the AuthenticateServerResponse that refuses a server. */
export function authenticateResponseError(
  card: Card,
  request: AuthenticateServerRequest,
  { code }: AuthenticationFault,
): Buffer {
  const answer = encode(AuthenticateServerResponse, {
    authenticateResponseError: {
      transactionId: transactionIdOf(request),
      authenticateErrorCode: AuthenticateErrorCode[code],
    },
  });
  return finish(card.edits, 'authenticateServerResponse', answer);
}

function authenticated(
  card: Card,
  request: AuthenticateServerRequest,
): { session: AuthenticatedSession; answer: Buffer } {
  const challenged = card.session;
  if (challenged?.stage !== 'challenged') {
    throw new AuthenticationFault(
      'noSessionContext',
      'the eUICC has made no challenge, or the challenge was already used',
    );
  }
  const credential = credentialToUse(card, request.euiccCiPKIdToBeUsed);
  const { certificate, ...server } = serverOf(card, request.serverCertificate);
  const { serverSigned1, signature } = signedPart(request);
  if (!signatureHolds(certificate.publicKey, [request.serverSigned1], signature)) {
    throw new AuthenticationFault(
      'invalidSignature',
      'serverSignature1 does not verify with the key of serverCertificate',
    );
  }
  if (!serverSigned1.euiccChallenge.equals(challenged.euiccChallenge)) {
    throw new AuthenticationFault(
      'euiccChallengeMismatch',
      'the euiccChallenge in serverSigned1 is not the challenge that this eUICC made',
    );
  }

  const euiccSigned1 = build(card.edits, 'euiccSigned1', EuiccSigned1Parts, {
    transactionId: serverSigned1.transactionId,
    serverAddress: serverSigned1.serverAddress,
    serverChallenge: serverSigned1.serverChallenge,
    euiccInfo2: euiccInfo2(card),
    ctxParams1: finish(card.edits, 'ctxParams1', request.ctxParams1),
  });
  const euiccSignature1 = signed(card.edits, 'euiccSigned1', credential.privateKey, [euiccSigned1]);
  const answer = tlv(
    0xbf38,
    tlv(
      0xa0,
      euiccSigned1,
      euiccSignature1,
      finish(card.edits, 'euiccCertificate', credential.euiccCertificate),
      finish(card.edits, 'eumCertificate', credential.eumCertificate),
    ),
  );
  return {
    session: {
      stage: 'authenticated',
      transactionId: serverSigned1.transactionId,
      serverAddress: serverSigned1.serverAddress,
      credential,
      euiccSignature1,
      ...server,
    },
    answer: finish(card.edits, 'authenticateServerResponse', answer),
  };
}

function credentialToUse(card: Card, euiccCiPKIdToBeUsed: Buffer): EuiccCredential {
  const ciKeyId = read('euiccCiPKIdToBeUsed', () => decode(SubjectKeyIdentifier, euiccCiPKIdToBeUsed));
  const credential = card.material.credentials.find((each) => each.ciKeyId.equals(ciKeyId));
  if (credential) return credential;
  throw new AuthenticationFault(
    'ciPKUnknown',
    `euiccCiPKIdToBeUsed ${ciKeyId.toString('hex')} is not in the list for signing`,
  );
}

function serverOf(
  card: Card,
  der: Buffer,
): { certificate: CardCertificate } & Pick<AuthenticatedSession, 'serverCi' | 'serverOid' | 'role'> {
  const certificate = readServerCertificate(der);
  try {
    const serverCi = ciOf(certificate, card.material.trustedCis);
    const { role, oid } = checkServerCertificate(certificate, {
      ci: serverCi,
      roles: ['dpAuth', 'dsAuth'],
      now: card.behaviour.ignoresCertificateDates ? undefined : card.clock.now(),
    });
    return { certificate, serverCi, serverOid: oid, role };
  } catch (error) {
    if (!(error instanceof CertificateError)) throw error;
    throw new AuthenticationFault(error.problem, `serverCertificate: ${error.message}`);
  }
}

function readServerCertificate(der: Buffer): CardCertificate {
  try {
    return readCertificate(der);
  } catch (error) {
    throw new AuthenticationFault('invalidCertificate', `serverCertificate: ${(error as Error).message}`);
  }
}

function signedPart(request: AuthenticateServerRequest): { serverSigned1: ServerSigned1; signature: Buffer } {
  return {
    serverSigned1: read('serverSigned1', () => decode(ServerSigned1, request.serverSigned1)),
    signature: read('serverSignature1', () => decode(Signature, request.serverSignature1)),
  };
}

function read<T>(field: string, body: () => T): T {
  try {
    return body();
  } catch (error) {
    if (!(error instanceof Asn1Error)) throw error;
    throw new AuthenticationFault('undefinedError', error.within(field).message);
  }
}

/** Reads the transactionId of a request. If the request cannot be decoded, returns a single octet 0. */
function transactionIdOf(request: AuthenticateServerRequest): Buffer {
  try {
    return decode(ServerSigned1, request.serverSigned1).transactionId;
  } catch {
    return Buffer.of(0);
  }
}
