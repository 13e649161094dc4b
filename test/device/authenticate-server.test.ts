import { describe, expect, it } from 'vitest';
import { decode, encode, received } from '../../src/wire/asn1/index.js';
import {
  AuthenticateErrorCode,
  AuthenticateServerResponse,
  EuiccInfo1,
  EuiccInfo2,
  SubjectKeyIdentifier,
} from '../../src/wire/rsp/index.js';
import { issueCi, issueDpAuth, issueDpPb, issueDsAuth, write } from '../../src/pki/index.js';
import { VirtualEuicc, withMember, type AuthenticateServerRequest } from '../../src/device/index.js';
import { signatureHolds } from '../../src/device/euicc/signature.js';
import { okOf, TestSession, testWorld } from './support/test-server.js';

const world = testWorld();

function euiccAndSession(options: Partial<ConstructorParameters<typeof VirtualEuicc>[0]> = {}) {
  return {
    euicc: new VirtualEuicc({ material: world.material, ...options }),
    session: new TestSession(world),
  };
}

function errorCodeOf(response: Buffer): number | undefined {
  const decoded = decode(AuthenticateServerResponse, response);
  return 'authenticateResponseError' in decoded
    ? decoded.authenticateResponseError.authenticateErrorCode
    : undefined;
}

/** An extension of a private arc, in a place that the profile of the certificate leaves free. */
const unknownExtension = (critical: boolean) => ({
  extensions: {
    nameConstraints: { oid: '1.3.6.1.4.1.99999.1', critical, value: Buffer.from('0500', 'hex') },
  },
});

describe('ES10b.AuthenticateServer', () => {
  it('answers an honest server with a signature over what it signed', () => {
    const { euicc, session } = euiccAndSession();
    const answer = okOf(euicc.authenticateServer(session.authenticateServer(euicc.getEuiccChallenge())));
    expect(answer.euiccSigned1.transactionId).toEqual(session.transactionId);
    expect(answer.euiccSigned1.serverAddress).toBe('smdp.example.com');
    const publicKey = world.material.credentials[0]!.privateKey;
    expect(signatureHolds(publicKey, [received(answer.euiccSigned1)], answer.euiccSignature1)).toBe(true);
    expect(answer.euiccCertificate).toEqual(world.material.credentials[0]!.euiccCertificate);
  });

  it('takes an SM-DS too', () => {
    const { euicc, session } = euiccAndSession();
    const signer = issueDsAuth(world.ci);
    const response = euicc.authenticateServer(
      session.authenticateServer(euicc.getEuiccChallenge(), { signer }),
    );
    expect(errorCodeOf(response)).toBeUndefined();
  });

  it('passes over an unknown extension that is not critical', () => {
    const { euicc, session } = euiccAndSession();
    const signer = issueDpAuth(world.ci, undefined, unknownExtension(false));
    const response = euicc.authenticateServer(
      session.authenticateServer(euicc.getEuiccChallenge(), { signer }),
    );
    expect(errorCodeOf(response)).toBeUndefined();
  });

  it('works on brainpoolP256r1', () => {
    const brainpool = testWorld('brainpoolP256r1');
    const euicc = new VirtualEuicc({ material: brainpool.material });
    const request = new TestSession(brainpool).authenticateServer(euicc.getEuiccChallenge());
    expect(errorCodeOf(euicc.authenticateServer(request))).toBeUndefined();
  });

  type Wrong = (session: TestSession, challenge: Buffer) => AuthenticateServerRequest;
  const foreignCi = issueCi();
  const day = 24 * 3600 * 1000;
  const wrong: [string, keyof typeof AuthenticateErrorCode, Wrong][] = [
    [
      'a signature that is spoilt',
      'invalidSignature',
      (session, challenge) => {
        const request = session.authenticateServer(challenge);
        const serverSignature1 = Buffer.from(request.serverSignature1);
        serverSignature1[20]! ^= 1;
        return { ...request, serverSignature1 };
      },
    ],
    [
      'a foreign challenge',
      'euiccChallengeMismatch',
      (session) => session.authenticateServer(Buffer.alloc(16, 7)),
    ],
    [
      'a CI for signing that the eUICC does not have',
      'ciPKUnknown',
      (session, challenge) =>
        session.authenticateServer(challenge, {
          euiccCiPKIdToBeUsed: encode(SubjectKeyIdentifier, Buffer.alloc(20, 1)),
        }),
    ],
    [
      'a certificate under a foreign CI',
      'ciPKUnknown',
      (session, challenge) => session.authenticateServer(challenge, { signer: issueDpAuth(foreignCi) }),
    ],
    [
      'a certificate that names the CI but was signed by another',
      'invalidCertificate',
      (session, challenge) =>
        session.authenticateServer(challenge, {
          signer: issueDpAuth(world.ci, undefined, { signingKey: foreignCi.key }),
        }),
    ],
    [
      'the certificate for binding',
      'invalidCertificate',
      (session, challenge) => session.authenticateServer(challenge, { signer: issueDpPb(world.ci) }),
    ],
    [
      'an expired certificate',
      'invalidCertificate',
      (session, challenge) =>
        session.authenticateServer(challenge, {
          signer: issueDpAuth(world.ci, undefined, {
            notBefore: new Date(Date.now() - 3 * day),
            notAfter: new Date(Date.now() - day),
          }),
        }),
    ],
    [
      'a certificate that is not valid yet',
      'invalidCertificate',
      (session, challenge) =>
        session.authenticateServer(challenge, {
          signer: issueDpAuth(world.ci, undefined, { notBefore: new Date(Date.now() + day) }),
        }),
    ],
    [
      'a certificate with a critical extension that nobody knows',
      'invalidCertificate',
      (session, challenge) =>
        session.authenticateServer(challenge, {
          signer: issueDpAuth(world.ci, undefined, unknownExtension(true)),
        }),
    ],
    [
      'the certificate of a CA',
      'invalidCertificate',
      (session, challenge) =>
        session.authenticateServer(challenge, {
          signer: issueDpAuth(world.ci, undefined, {
            extensions: { basicConstraints: write.basicConstraints(true) },
          }),
        }),
    ],
    [
      'a certificate without subjectKeyIdentifier',
      'invalidCertificate',
      (session, challenge) =>
        session.authenticateServer(challenge, {
          signer: issueDpAuth(world.ci, undefined, { extensions: { subjectKeyId: null } }),
        }),
    ],
    [
      'a certificate without keyUsage',
      'invalidCertificate',
      (session, challenge) =>
        session.authenticateServer(challenge, {
          signer: issueDpAuth(world.ci, undefined, { extensions: { keyUsage: null } }),
        }),
    ],
    [
      'a certificate without an OID',
      'invalidOid',
      (session, challenge) =>
        session.authenticateServer(challenge, {
          signer: issueDpAuth(world.ci, undefined, { extensions: { subjectAltName: null } }),
        }),
    ],
    [
      'a certificate on a curve that the CI is not on',
      'unsupportedCurve',
      (session, challenge) =>
        session.authenticateServer(challenge, {
          signer: issueDpAuth(world.ci, undefined, { curve: 'P-384' }),
        }),
    ],
    [
      'octets that are no certificate',
      'invalidCertificate',
      (session, challenge) =>
        session.authenticateServer(challenge, { serverCertificate: Buffer.from('3003020101', 'hex') }),
    ],
    [
      'serverSigned1 that cannot be decoded',
      'undefinedError',
      (session, challenge) => {
        const request = session.authenticateServer(challenge);
        return { ...request, serverSigned1: request.serverSigned1.subarray(0, -1) };
      },
    ],
  ];
  it.each(wrong)('refuses %s with %s', (_, code, request) => {
    const { euicc, session } = euiccAndSession();
    const response = euicc.authenticateServer(request(session, euicc.getEuiccChallenge()));
    expect(errorCodeOf(response)).toBe(AuthenticateErrorCode[code]);
    expect(euicc.lastFault?.code).toBe(code);
  });

  it('refuses a server for which no challenge was given out, with noSessionContext', () => {
    const { euicc, session } = euiccAndSession();
    const response = euicc.authenticateServer(session.authenticateServer(Buffer.alloc(16)));
    expect(errorCodeOf(response)).toBe(AuthenticateErrorCode.noSessionContext);
  });

  it('takes a challenge once', () => {
    const { euicc, session } = euiccAndSession();
    const request = session.authenticateServer(euicc.getEuiccChallenge());
    euicc.authenticateServer(request);
    expect(errorCodeOf(euicc.authenticateServer(request))).toBe(AuthenticateErrorCode.noSessionContext);
  });
});

describe('what an eUICC says of itself', () => {
  it('is by default SGP.22 2.5.0, with the CIs of its material', () => {
    const { euicc } = euiccAndSession();
    const info = decode(EuiccInfo1, euicc.getEuiccInfo1());
    expect([...info.svn]).toEqual([2, 5, 0]);
    expect(info.euiccCiPKIdListForSigning).toEqual([world.material.credentials[0]!.ciKeyId]);
    expect(info.euiccCiPKIdListForVerification).toEqual([world.material.trustedCis[0]!.subjectKeyIdentifier]);
  });

  it('follows its traits', () => {
    const traits = { svn: '1.0.0', nonVolatileMemory: 4096, forbiddenPolicyRules: ['ppr2'] as const };
    const { euicc } = euiccAndSession({ traits });
    const info = decode(EuiccInfo2, euicc.getEuiccInfo2());
    expect([...info.svn]).toEqual([1, 0, 0]);
    expect(info.extCardResource.toString('hex')).toBe('810100' + '820400001000' + '830400004000');
    expect(info.forbiddenProfilePolicyRules?.octets[0]).toBe(0x20);
  });
});

describe('edits', () => {
  it('replace a signature', () => {
    const { euicc, session } = euiccAndSession({ edits: { sign: () => Buffer.alloc(64, 1) } });
    const answer = okOf(euicc.authenticateServer(session.authenticateServer(euicc.getEuiccChallenge())));
    expect(answer.euiccSignature1).toEqual(Buffer.alloc(64, 1));
  });

  it('change a value before it is signed', () => {
    const edits = {
      values: {
        euiccSigned1: <T extends { serverAddress: string }>(value: T): T => ({
          ...value,
          serverAddress: 'other.example.com',
        }),
      },
    };
    const { euicc, session } = euiccAndSession({ edits });
    const answer = okOf(euicc.authenticateServer(session.authenticateServer(euicc.getEuiccChallenge())));
    expect(answer.euiccSigned1.serverAddress).toBe('other.example.com');
    const publicKey = world.material.credentials[0]!.privateKey;
    expect(signatureHolds(publicKey, [received(answer.euiccSigned1)], answer.euiccSignature1)).toBe(true);
  });

  it('add a member that no schema knows, which the signature then covers', () => {
    const unknown = Buffer.from('9f7f0101', 'hex');
    const edits = { octets: { euiccInfo2: (der: Buffer) => withMember(der, unknown) } };
    const { euicc, session } = euiccAndSession({ edits });
    const answer = okOf(euicc.authenticateServer(session.authenticateServer(euicc.getEuiccChallenge())));
    expect(received(answer.euiccSigned1).includes(unknown)).toBe(true);
    const publicKey = world.material.credentials[0]!.privateKey;
    expect(signatureHolds(publicKey, [received(answer.euiccSigned1)], answer.euiccSignature1)).toBe(true);
  });
});
