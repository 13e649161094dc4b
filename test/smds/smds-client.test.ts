import { describe, expect, it } from 'vitest';
import { systemRandom } from '../../src/base/random.js';
import { smdsClient } from '../../src/smds/es12/index.js';
import { issueCi, issueDpTls, issueDsTls, keyPurposes, loadPki, write } from '../../src/pki/index.js';
import { testPkiFolder } from '../support/pki-folder.js';
import { ciOf, pemOf } from './support/owners.js';
import { startRootStub, type Conduct } from './support/root-stub.js';
import type { Pem } from './support/smds.js';

const pkiFolder = await testPkiFolder();
const ci = ciOf({ pkiFolder });
const pki = await loadPki(pkiFolder, { address: 'localhost', now: new Date(), warn: () => undefined });
const clock = { now: () => new Date() };
const day = 24 * 3600 * 1000;

const subject = { names: ['localhost'] as const };
const dsTls = pemOf(issueDsTls(ci, subject));
const event = {
  eid: '89049032000000000000000000000001',
  eventId: 'A',
  rspServerAddress: 'smdp.example.com',
  forwardingIndicator: false,
};

const client = (address: string, timeout = 5_000) =>
  smdsClient(address, {
    pki,
    clock,
    random: systemRandom,
    credential: pki.tls,
    requester: '2.999.10',
    timeout,
  });

const against = async (credential: Pem, conduct: Conduct = { status: '' }) => {
  const stub = await startRootStub(credential, conduct);
  return { stub, smds: client(stub.address) };
};

describe('a client of an SM-DS', () => {
  it('registers and deletes an event', async () => {
    const { stub, smds } = await against(dsTls);
    await smds.register(event);
    await smds.delete(event);
    expect(stub.requests.map(({ path }) => path)).toEqual([
      '/gsma/rsp2/es12/registerEvent',
      '/gsma/rsp2/es12/deleteEvent',
    ]);
  });

  it('takes success with a warning for success', async () => {
    const functionExecutionStatus = { status: 'Executed-WithWarning' };
    const { smds } = await against(dsTls, { body: JSON.stringify({ header: { functionExecutionStatus } }) });
    await expect(smds.register(event)).resolves.toBeUndefined();
  });

  it('gives up waiting', async () => {
    const stub = await startRootStub(dsTls, 'silence');
    await expect(client(stub.address, 300).register(event)).rejects.toMatchObject({
      status: '8.9/5.1',
      message: `SM-DS ${stub.address}: no answer within 0.3 seconds`,
    });
  });

  it.each<[string, Pem]>([
    ['that of an SM-DP+', pemOf(issueDpTls(ci, subject))],
    ['of another CI', pemOf(issueDsTls(issueCi(), subject))],
    ['for another name', pemOf(issueDsTls(ci, { names: ['other.example.com'] }))],
    ['expired', pemOf(issueDsTls(ci, subject, { now: new Date(Date.now() - 500 * day) }))],
    [
      'not for servers',
      pemOf(
        issueDsTls(ci, subject, {
          extensions: { extendedKeyUsage: write.extendedKeyUsage([keyPurposes.clientAuth]) },
        }),
      ),
    ],
  ])('tells nothing to a server whose certificate is %s', async (_, credential) => {
    const { stub, smds } = await against(credential);
    await expect(smds.register(event)).rejects.toMatchObject({ status: '8.9/5.1' });
    expect(stub.requests).toEqual([]);
  });

  it('says in words what is wrong', async () => {
    const { stub, smds } = await against(pemOf(issueDsTls(ci, { names: ['other.example.com'] })));
    await expect(smds.register(event)).rejects.toThrow(
      `SM-DS ${stub.address}: The certificate is not for localhost`,
    );
    await expect(client('localhost:1').register(event)).rejects.toThrow(/SM-DS localhost:1: .*ECONNREFUSED/);
  });
});
