import { describe, expect, it } from 'vitest';
import { createHash } from 'node:crypto';
import { decode, received } from '../../src/wire/asn1/index.js';
import {
  CancelSessionResponse,
  DownloadErrorCode,
  PrepareDownloadResponse,
  type SmdpSigned2,
} from '../../src/wire/rsp/index.js';
import { issueCi, issueDpAuth, issueDpPb, issueDsAuth } from '../../src/pki/index.js';
import {
  confirmationCodeHash,
  VirtualEuicc,
  type EuiccMaterial,
  type PrepareDownloadRequest,
} from '../../src/device/index.js';
import { signatureHolds } from '../../src/device/euicc/signature.js';
import { asTrusted, TestSession, testWorld } from './support/test-server.js';

const world = testWorld();

function authenticated(euicc = new VirtualEuicc({ material: world.material })) {
  const session = new TestSession(world);
  const response = euicc.authenticateServer(session.authenticateServer(euicc.getEuiccChallenge()));
  return { euicc, session, response };
}

function okIn(response: Buffer) {
  const decoded = decode(PrepareDownloadResponse, response);
  if (!('downloadResponseOk' in decoded)) throw new Error('refused');
  return decoded.downloadResponseOk;
}

function errorCodeOf(response: Buffer): number | undefined {
  const decoded = decode(PrepareDownloadResponse, response);
  return 'downloadResponseError' in decoded ? decoded.downloadResponseError.downloadErrorCode : undefined;
}

/** One-time key that the eUICC offers when the server asks for `bppEuiccOtpk`. */
function oneTimeKey(euicc: VirtualEuicc, bppEuiccOtpk?: Buffer): Buffer {
  const { session, response } = authenticated(euicc);
  const signedPart: Partial<SmdpSigned2> = { bppEuiccOtpk };
  const request = session.prepareDownload(response, { signedPart });
  return okIn(euicc.prepareDownload(request)).euiccSigned2.euiccOtpk;
}

describe('ES10b.PrepareDownload', () => {
  it('answers with a one-time key, signed together with smdpSignature2', () => {
    const { euicc, session, response } = authenticated();
    const request = session.prepareDownload(response);
    const { euiccSigned2, euiccSignature2 } = okIn(euicc.prepareDownload(request));
    expect(euiccSigned2.euiccOtpk[0]).toBe(4);
    expect(euiccSigned2.hashCc).toBeUndefined();
    const data = [received(euiccSigned2), request.smdpSignature2];
    expect(signatureHolds(world.material.credentials[0]!.privateKey, data, euiccSignature2)).toBe(true);
  });

  it('passes on the hash of the confirmation code only where one is required', () => {
    const hashes = [true, false].map((ccRequiredFlag) => {
      const { euicc, session, response } = authenticated();
      const hashCc = confirmationCodeHash('12345678', session.transactionId);
      const request = session.prepareDownload(response, { signedPart: { ccRequiredFlag }, hashCc });
      return okIn(euicc.prepareDownload(request)).euiccSigned2.hashCc?.length;
    });
    expect(hashes).toEqual([32, undefined]);
  });

  it('hashes the confirmation code as text, then with the transaction', () => {
    const transactionId = Buffer.from('00112233445566778899aabbccddeeff', 'hex');
    expect(confirmationCodeHash('12345678', transactionId).toString('hex')).toBe(
      '8d8c7fedc8d71c360fc2a64588a0c91666111939d42af4d1fe0fd1e057eab543',
    );
  });

  it('uses the kept one-time key again when the server asks for it', () => {
    const euicc = new VirtualEuicc({ material: world.material });
    const first = oneTimeKey(euicc);
    expect(oneTimeKey(euicc, first)).toEqual(first);
  });

  it('makes a fresh key when it does not have the one that is asked for', () => {
    const euicc = new VirtualEuicc({ material: world.material });
    const first = oneTimeKey(euicc);
    const second = oneTimeKey(euicc);
    expect(second).not.toEqual(first);
    expect(oneTimeKey(euicc, first)).not.toEqual(first);
  });

  it('keeps the one-time keys of two SM-DP+s apart', () => {
    const other = { ...world, auth: issueDpAuth(world.ci, '2.999.12'), pb: issueDpPb(world.ci, '2.999.12') };
    const euicc = new VirtualEuicc({ material: world.material });
    const first = oneTimeKey(euicc);
    const session = new TestSession(other);
    const response = euicc.authenticateServer(session.authenticateServer(euicc.getEuiccChallenge()));
    const request = session.prepareDownload(response, { signedPart: { bppEuiccOtpk: first } });
    expect(okIn(euicc.prepareDownload(request)).euiccSigned2.euiccOtpk).not.toEqual(first);
    expect(oneTimeKey(euicc, first)).toEqual(first);
  });

  type Wrong = (session: TestSession, response: Buffer) => PrepareDownloadRequest;
  const wrong: [string, keyof typeof DownloadErrorCode, Wrong][] = [
    [
      'a spoilt signature',
      'invalidSignature',
      (session, response) => {
        const request = session.prepareDownload(response);
        const smdpSignature2 = Buffer.from(request.smdpSignature2);
        smdpSignature2[10]! ^= 1;
        return { ...request, smdpSignature2 };
      },
    ],
    [
      'a signature by the key for authentication',
      'invalidSignature',
      (session, response) =>
        session.prepareDownload(response, {
          signer: { ...world.auth, certificate: world.pb.certificate },
        }),
    ],
    [
      'another transaction',
      'invalidTransactionId',
      (session, response) =>
        session.prepareDownload(response, { signedPart: { transactionId: Buffer.alloc(16, 1) } }),
    ],
    [
      'the certificate for authentication',
      'invalidCertificate',
      (session, response) => session.prepareDownload(response, { signer: world.auth }),
    ],
    [
      'a binding certificate of another SM-DP+',
      'invalidCertificate',
      (session, response) => session.prepareDownload(response, { signer: issueDpPb(world.ci, '2.999.12') }),
    ],
    [
      'a binding certificate under an unknown CI',
      'invalidCertificate',
      (session, response) => session.prepareDownload(response, { signer: issueDpPb(issueCi()) }),
    ],
  ];
  it.each(wrong)('refuses %s with %s', (_, code, request) => {
    const { euicc, session, response } = authenticated();
    expect(errorCodeOf(euicc.prepareDownload(request(session, response)))).toBe(DownloadErrorCode[code]);
  });

  it('refuses a binding certificate under another CI than the one for authentication, even a trusted one', () => {
    const otherCi = issueCi();
    const trustedCis = [...world.material.trustedCis, asTrusted(otherCi)];
    const material: EuiccMaterial = { ...world.material, trustedCis };
    const { euicc, session, response } = authenticated(new VirtualEuicc({ material }));
    const request = session.prepareDownload(response, { signer: issueDpPb(otherCi) });
    expect(errorCodeOf(euicc.prepareDownload(request))).toBe(DownloadErrorCode.invalidCertificate);
    expect(euicc.lastFault?.message).toMatch(/not issued under the CI of CERT.DPauth/);
  });

  it('needs an authenticated SM-DP+, not an SM-DS', () => {
    const euicc = new VirtualEuicc({ material: world.material });
    const session = new TestSession(world);
    const signer = issueDsAuth(world.ci);
    const response = euicc.authenticateServer(
      session.authenticateServer(euicc.getEuiccChallenge(), { signer }),
    );
    const answer = euicc.prepareDownload(session.prepareDownload(response));
    expect(errorCodeOf(answer)).toBe(DownloadErrorCode.noSessionContext);
  });
});

describe('ES10b.CancelSession', () => {
  it('signs transaction, OID of the SM-DP+ and reason', () => {
    const { euicc, session } = authenticated();
    const response = decode(CancelSessionResponse, euicc.cancelSession(session.transactionId, 'postponed'));
    if (!('cancelSessionResponseOk' in response)) throw new Error('refused');
    const { euiccCancelSessionSigned: data, euiccCancelSessionSignature } = response.cancelSessionResponseOk;
    expect(data).toMatchObject({ smdpOid: '2.999.10', reason: 1, transactionId: session.transactionId });
    const key = world.material.credentials[0]!.privateKey;
    expect(signatureHolds(key, [received(data)], euiccCancelSessionSignature)).toBe(true);
  });

  it('knows no other transaction, and none that was cancelled', () => {
    const { euicc, session } = authenticated();
    const codes = [Buffer.of(1), session.transactionId, session.transactionId].map((transactionId) =>
      decode(CancelSessionResponse, euicc.cancelSession(transactionId, 'timeout')),
    );
    const refused = { cancelSessionResponseError: 5 };
    expect(codes).toEqual([
      refused,
      expect.objectContaining({ cancelSessionResponseOk: expect.anything() as unknown }),
      refused,
    ]);
  });
});

it('the hash of a confirmation code is not the hash of its digits as octets', () => {
  const digits = createHash('sha256').update(Buffer.from('12345678', 'hex')).digest();
  const wrong = createHash('sha256').update(digits).update(Buffer.alloc(16)).digest();
  expect(confirmationCodeHash('12345678', Buffer.alloc(16))).not.toEqual(wrong);
});
