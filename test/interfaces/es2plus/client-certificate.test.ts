import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  certificateToPem,
  type Credential,
  fingerprintOf,
  isPrivateKey,
  issueCertificate,
  type Issued,
  issueOperator,
  issuePrivateCa,
  loadPki,
  parseCertificate,
  pemBlocks,
  privateKeyFromPem,
  write,
} from '../../../src/pki/index.js';
import { answerIn, newIccid, success } from './support.js';
import { pemOf, startTlsOperatorSide, type ClientCredential, type TlsOperatorSide } from './tls-support.js';

const name = 'test.operator.com';
const path = '/gsma/rsp2/es2plus/downloadOrder';

let smdp: TlsOperatorSide;
let ca: Credential;
beforeAll(async () => {
  smdp = await startTlsOperatorSide();
  const stem = (kind: string) => join(smdp.pkiFolder, `${kind}_OPERATOR_CA_ECDSA_NIST`);
  const block = pemBlocks(readFileSync(`${stem('SK')}.pem`, 'latin1')).find(isPrivateKey)!;
  ca = {
    certificate: parseCertificate(readFileSync(`${stem('CERT')}.der`)),
    key: privateKeyFromPem(block),
  };
});

const order = (iccid: string, functionRequesterIdentifier = name) => ({
  header: { functionRequesterIdentifier, functionCallIdentifier: `FCI-${iccid}` },
  iccid,
});

const selfSigned = (commonName: string): Issued => {
  const day = 24 * 3600 * 1000;
  return issueCertificate({
    subject: [['CN', commonName]],
    extensions: {},
    notBefore: new Date(Date.now() - day),
    notAfter: new Date(Date.now() + day),
  });
};

const register = (identifier: string, ...issued: Issued[]) =>
  smdp.register(identifier, {
    certificates: issued.map(({ der }) => fingerprintOf(new X509Certificate(der))),
  });

/** HTTP status of an order that has to change nothing. */
async function refused(client?: ClientCredential): Promise<number> {
  const { iccid } = await smdp.stock();
  const before = await smdp.trace(iccid);
  const { status, text } = await smdp.sendOverTls(path, order(iccid), client);
  expect(text).toMatch(/certificate/);
  expect(await smdp.trace(iccid)).toEqual(before);
  return status;
}

describe('ES2+ on the device-facing listener', () => {
  it('serves an operator whose certificate our CA has issued to its name', async () => {
    const { iccid } = await smdp.stock();
    const answer = await smdp.sendOverTls(path, order(iccid), pemOf(issueOperator(ca, name)));
    expect(answerIn(answer)).toEqual({ status: success, members: { iccid } });
    expect((await smdp.byIccid(iccid)).operator).toBe(name);
  });

  it('serves an operator whose certificate is registered, even a self-signed one', async () => {
    const issued = selfSigned('whoever');
    await register('2.999.77', issued);
    const { iccid } = await smdp.stock();
    const answer = await smdp.sendOverTls(path, order(iccid, '2.999.77'), pemOf(issued));
    expect(answerIn(answer).status).toBe(success);
  });

  it('serves a client that speaks for several operators', async () => {
    const issued = selfSigned('aggregator');
    await register('2.999.81', issued);
    await register('2.999.82', issued);
    for (const identifier of ['2.999.81', '2.999.82']) {
      const { iccid } = await smdp.stock();
      const answer = await smdp.sendOverTls(path, order(iccid, identifier), pemOf(issued));
      expect(answerIn(answer).status).toBe(success);
    }
  });

  it.each([
    ['issued by our CA', async () => issueOperator(ca, name)],
    [
      'registered for another',
      async () => {
        const issued = selfSigned(name);
        await register('2.999.83', issued);
        return issued;
      },
    ],
    [
      'issued by our CA, but registered for another',
      async () => {
        const issued = issueOperator(ca, 'other.operator.com');
        await register('2.999.84', issued);
        return issued;
      },
    ],
  ])('refuses the name of another operator with 1.1/1.2 to a certificate %s', async (_, issue) => {
    const { iccid } = await smdp.stock();
    const before = await smdp.trace(iccid);
    const client = pemOf(await issue());
    const answer = await smdp.sendOverTls(path, order(iccid, 'other.operator.com'), client);
    expect(answerIn(answer).status).toBe('1.1/1.2');
    expect(await smdp.trace(iccid)).toEqual(before);
  });

  it('refuses a client without a certificate with HTTP 401', async () => {
    expect(await refused()).toBe(401);
  });

  it('refuses a certificate of a foreign CA with HTTP 403, its name notwithstanding', async () => {
    const foreign = issuePrivateCa('mock-smdp operator CA');
    expect(await refused(pemOf(issueOperator(foreign, name)))).toBe(403);
  });

  it.each(['TLSv1.2', 'TLSv1.3'] as const)(
    'refuses a certificate that only names our CA as its issuer with HTTP 403, every time, in %s',
    async (maxVersion) => {
      const { key } = issuePrivateCa('mock-smdp operator CA');
      const forged = pemOf(issueOperator({ ...ca, key }, name));
      // The client shows the CA too, so that TLS checks the signature, and fails.
      const cert = forged.cert + certificateToPem(ca.certificate);
      for (let round = 0; round < 3; round++)
        expect(await refused({ ...forged, cert, maxVersion })).toBe(403);
    },
  );

  it('refuses an unregistered self-signed certificate with HTTP 403', async () => {
    expect(await refused(pemOf(selfSigned(name)))).toBe(403);
  });

  it("refuses an eUICC's certificate with HTTP 403", async () => {
    const { euicc } = await loadPki(smdp.pkiFolder, {
      ...{ address: 'localhost', now: new Date(), warn: () => undefined },
    });
    const key = euicc!.key.export({ type: 'pkcs8', format: 'pem' }).toString();
    expect(await refused({ cert: certificateToPem(euicc!.certificate), key })).toBe(403);
  });

  it.each([
    ['expired', -2, -1],
    ['not valid yet', 1, 2],
  ])('refuses a certificate that is %s with HTTP 403, whoever issued it', async (_, from, until) => {
    const day = 24 * 3600 * 1000;
    const at = (days: number) => new Date(Date.now() + days * day);
    const validity = { notBefore: at(from), notAfter: at(until) };
    expect(await refused(pemOf(issueOperator(ca, name, validity)))).toBe(403);
    const registered = issueCertificate({ subject: [['CN', name]], extensions: {}, ...validity });
    await register(name, registered);
    expect(await refused(pemOf(registered))).toBe(403);
  });

  it('takes an expired certificate of an operator that says so, and not one that is not valid yet', async () => {
    const day = 24 * 3600 * 1000;
    const issuedFor = (from: number, until: number) =>
      issueCertificate({
        ...{ subject: [['CN', '2.999.86']], extensions: {} },
        ...{ notBefore: new Date(Date.now() + from * day), notAfter: new Date(Date.now() + until * day) },
      });
    const [expired, early] = [issuedFor(-2, -1), issuedFor(1, 2)];
    await smdp.register('2.999.86', {
      certificates: [expired, early].map(({ der }) => fingerprintOf(new X509Certificate(der))),
      expiredCertificates: true,
    });
    const { iccid } = await smdp.stock({ iccid: newIccid() });
    const answer = await smdp.sendOverTls(path, order(iccid, '2.999.86'), pemOf(expired));
    expect(answerIn(answer).status).toBe(success);
    expect(await refused(pemOf(early))).toBe(403);
  });

  it('refuses a server certificate of our CA with HTTP 403', async () => {
    const extensions = { extendedKeyUsage: write.extendedKeyUsage(['1.3.6.1.5.5.7.3.1']) };
    expect(await refused(pemOf(issueOperator(ca, name, { extensions })))).toBe(403);
  });

  it('refuses a CA certificate that our CA has issued with HTTP 403', async () => {
    const extensions = {
      basicConstraints: write.basicConstraints(true),
      keyUsage: write.keyUsage(['digitalSignature', 'keyCertSign']),
    };
    expect(await refused(pemOf(issueOperator(ca, name, { extensions })))).toBe(403);
  });

  it('takes certificates on other curves and with RSA keys, once registered', async () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-384' });
    const issued = issueOperator(ca, name, { key: privateKey });
    await register('2.999.85', issued);
    const { iccid } = await smdp.stock({ iccid: newIccid() });
    const answer = await smdp.sendOverTls(path, order(iccid, '2.999.85'), pemOf(issued));
    expect(answerIn(answer).status).toBe(success);
  });

  it('wants no certificate of a device', async () => {
    const answer = await smdp.sendOverTls('/gsma/rsp2/es9plus/initiateAuthentication', {});
    expect(answerIn(answer).status).toBe('1.3.1/2.2');
  });
});
