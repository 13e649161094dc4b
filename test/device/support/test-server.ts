import { randomBytes, sign, type KeyObject } from 'node:crypto';
import { decode, encode, received, tlv } from '../../../src/wire/asn1/index.js';
import {
  AuthenticateServerResponse,
  PrepareDownloadResponse,
  ServerSigned1,
  SmdpSigned2,
} from '../../../src/wire/rsp/index.js';
import type {
  AuthenticateServerRequest,
  EuiccMaterial,
  PrepareDownloadRequest,
} from '../../../src/device/index.js';
import { readCertificate } from '../../../src/device/index.js';
import {
  type Credential,
  issueCi,
  issueDpAuth,
  issueDpPb,
  issueEuicc,
  issueEum,
  testEid,
} from '../../../src/pki/index.js';
import type { TrustedCi } from '../../../src/device/index.js';
import { bind, type BindingInput } from './binding.js';
import { metadataFor, minimalProfile } from './profiles.js';

/** The parties of a download, made afresh. */
export interface TestWorld {
  readonly ci: Credential;
  readonly eum: Credential;
  readonly auth: Credential;
  readonly pb: Credential;
  readonly material: EuiccMaterial;
}

export const asTrusted = (ci: Credential): TrustedCi => readCertificate(ci.certificate.der) as TrustedCi;

/** A PKI with one eUICC and one SM-DP+; `curve` as node:crypto names it. */
export function testWorld(curve = 'P-256'): TestWorld {
  const ci = issueCi({ curve });
  const eum = issueEum(ci);
  const euicc = issueEuicc(eum);
  const trusted = asTrusted(ci);
  const material: EuiccMaterial = {
    eid: testEid,
    credentials: [
      {
        ciKeyId: trusted.subjectKeyIdentifier,
        privateKey: euicc.key,
        euiccCertificate: euicc.certificate.der,
        eumCertificate: eum.certificate.der,
      },
    ],
    trustedCis: [trusted],
  };
  return { ci, eum, auth: issueDpAuth(ci), pb: issueDpPb(ci), material };
}

export const plainSignature = (key: KeyObject, ...data: Buffer[]): Buffer =>
  tlv(0x5f37, sign('sha256', Buffer.concat(data), { key, dsaEncoding: 'ieee-p1363' }));

/** CtxParams1 with a TAC and nothing else. */
export const someContext = tlv(0xa0, tlv(0xa1, tlv(0x80, Buffer.from('53926011', 'hex')), tlv(0xa1)));

/** The SM-DP+'s half of one session, for tests that talk to the eUICC without HTTP. */
export class TestSession {
  readonly transactionId = randomBytes(16);

  constructor(readonly world: TestWorld) {}

  authenticateServer(
    euiccChallenge: Buffer,
    changes: Partial<AuthenticateServerRequest> & {
      readonly signedPart?: Partial<ServerSigned1>;
      readonly signer?: Credential;
    } = {},
  ): AuthenticateServerRequest {
    const { signedPart, signer = this.world.auth, ...others } = changes;
    const serverSigned1 = encode(ServerSigned1, {
      transactionId: this.transactionId,
      euiccChallenge,
      serverAddress: 'smdp.example.com',
      serverChallenge: randomBytes(16),
      ...signedPart,
    });
    return {
      serverSigned1,
      serverSignature1: plainSignature(signer.key, serverSigned1),
      euiccCiPKIdToBeUsed: tlv(0x04, this.world.material.credentials[0]!.ciKeyId),
      serverCertificate: signer.certificate.der,
      ctxParams1: someContext,
      ...others,
    };
  }

  prepareDownload(
    authenticateServerResponse: Buffer,
    changes: Partial<PrepareDownloadRequest> & {
      readonly signedPart?: Partial<SmdpSigned2>;
      readonly signer?: Credential;
    } = {},
  ): PrepareDownloadRequest {
    const { signedPart, signer = this.world.pb, ...others } = changes;
    const { euiccSignature1 } = okOf(authenticateServerResponse);
    const smdpSigned2 = encode(SmdpSigned2, {
      transactionId: this.transactionId,
      ccRequiredFlag: false,
      ...signedPart,
    });
    return {
      smdpSigned2,
      smdpSignature2: plainSignature(signer.key, smdpSigned2, received(euiccSignature1)),
      smdpCertificate: signer.certificate.der,
      ...others,
    };
  }

  boundProfilePackage(prepareDownloadResponse: Buffer, changes: Partial<BindingInput> = {}): Buffer {
    const response = decode(PrepareDownloadResponse, prepareDownloadResponse);
    if (!('downloadResponseOk' in response)) throw new Error('the eUICC refused to prepare a download');
    return bind({
      transactionId: this.transactionId,
      euiccOtpk: response.downloadResponseOk.euiccSigned2.euiccOtpk,
      eid: this.world.material.eid,
      bindingKey: this.world.pb.key,
      metadata: metadataFor(),
      profilePackage: minimalProfile(),
      ...changes,
    });
  }
}

/** The accepting alternative of AuthenticateServerResponse. */
export function okOf(authenticateServerResponse: Buffer) {
  const response = decode(AuthenticateServerResponse, authenticateServerResponse);
  if (!('authenticateResponseOk' in response)) throw new Error('the eUICC refused the server');
  return response.authenticateResponseOk;
}
