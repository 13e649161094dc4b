import { beforeAll, describe, expect, it } from 'vitest';
import type { TLSSocket } from 'node:tls';
import type { ServerOptions } from 'node:https';
import {
  certificateToPem,
  issueDpTls,
  issuePrivateCa,
  loadPki,
  type Issued,
  type Pki,
} from '../../../src/pki/index.js';
import type { Operator } from '../../../src/store/index.js';
import { testPkiFolder } from '../../support/pki-folder.js';
import { makeProfile, newStore, outcomes, queue, register, TestCourier } from './support/courier.js';
import { answer, received, startEndpoint, type Behaviour } from './support/endpoint.js';

const operatorCa = issuePrivateCa('an operator');
const ofOperator = issueDpTls(operatorCa, { names: ['localhost'], oid: '2.999.7' });
const strangersCa = issuePrivateCa('a stranger');

const credential = ({ certificate, key }: Issued): ServerOptions => ({
  cert: certificateToPem(certificate),
  key: key.export({ type: 'pkcs8', format: 'pem' }).toString(),
});

let pki: Pki;
beforeAll(async () => {
  const quiet = { address: 'localhost', now: new Date(), warn: () => undefined };
  pki = await loadPki(await testPkiFolder(), quiet);
});

/** Calls an operator whose endpoint asks for a certificate of this PKI, and says what came of it. */
async function call(
  settings: Partial<Operator>,
  server: ServerOptions = credential(ofOperator),
  behaviour: Behaviour = received,
): Promise<string> {
  const store = await newStore();
  const ca = pki.trustedCis.map(certificateToPem);
  const endpoint = await startEndpoint({ ...server, ca, requestCert: true, rejectUnauthorized: false });
  endpoint.behaviour = behaviour;
  await register(store, { callbackUrl: endpoint.url, ...settings });
  await queue(store, await makeProfile(store), [1]);
  const { cert, key } = pki.tls;
  await new TestCourier(store, { tls: { cert, key, ca } }).deliver();
  return (await outcomes(store))[0]!;
}

/** Takes a call of none but a client with a certificate that leads to the CI. */
const demandCertificate: Behaviour = (response, received) =>
  answer((response.socket as TLSSocket).authorized ? 204 : 403)(response, received);

const callbackCa = certificateToPem(operatorCa.certificate);

describe('an operator that is called over TLS', () => {
  it('sees the TLS certificate of the SM-DP+', async () => {
    expect(await call({ callbackCa }, undefined, demandCertificate)).toBe('delivered, after 1');
  });

  it('sees none where it does not want to', async () => {
    const settings = { callbackCa, callbackClientCertificate: false };
    expect(await call(settings, undefined, demandCertificate)).toBe('waiting, after 1, HTTP status 403');
  });

  it('may have a certificate of the CI where it has named no CA', async () => {
    expect(await call({}, { cert: pki.tls.cert, key: pki.tls.key })).toBe('delivered, after 1');
  });

  it.each<[string, () => Promise<string>, RegExp]>([
    ['whose CA nobody knows', () => call({}), /unable to verify the first certificate/],
    [
      'whose certificate is of another CA than it named',
      () => call({ callbackCa: certificateToPem(strangersCa.certificate) }),
      /unable to verify the first certificate/,
    ],
    [
      'whose certificate has another name',
      () =>
        call(
          { callbackCa },
          credential(issueDpTls(operatorCa, { names: ['bss.example.com'], oid: '2.999.7' })),
        ),
      /does not match certificate's altnames/,
    ],
    [
      'whose certificate has expired',
      () =>
        call(
          { callbackCa },
          credential(
            issueDpTls(
              operatorCa,
              { names: ['localhost'], oid: '2.999.7' },
              { notBefore: new Date('2020-01-01'), notAfter: new Date('2021-01-01') },
            ),
          ),
        ),
      /certificate has expired/,
    ],
  ])('is told nothing %s', async (_, outcome, problem) => {
    expect(await outcome()).toMatch(problem);
  });
});
