import { describe, expect, it } from 'vitest';
import { issueDsTls } from '../../../src/pki/index.js';
import { deserted } from '../../cli/support/server.js';
import { ciOf, pemOf } from '../support/owners.js';
import { startRootStub as startStub } from '../support/root-stub.js';
import { startTestSmds } from '../support/smds.js';
import { temporaryFiles } from '../../store/temporary-folder.js';
import { newEid, Operator } from './support/server.js';

const newFile = temporaryFiles();
const smdp = await startTestSmds({ dsAddress: undefined });
const operator = new Operator(smdp);
const dsTls = pemOf(issueDsTls(ciOf(smdp), { names: ['localhost'] }));

describe('a profile that is prepared with an SM-DS', () => {
  it('is there at once, and registered by and by', async () => {
    const smds = await startStub(dsTls, { status: '' });
    const { iccid, state, smds: event } = await operator.create({ eid: newEid(), smdsAddress: smds.address });
    expect([state, event]).toEqual(['Released', { state: 'pending', lastError: null }]);
    await operator.event(iccid, 'registered');
  });

  it('says why the SM-DS does not have it', async () => {
    const smds = await startStub(dsTls, { status: '8.9.5/3.3' });
    const { iccid } = await operator.create({ eid: newEid(), smdsAddress: smds.address });
    await operator.event(iccid, 'failed');
    expect(await operator.profile(iccid)).toMatchObject({
      smds: { lastError: 'the SM-DS answers with status 8.9.5/3.3' },
    });
  });

  it.each([
    ['no EID', {}],
    ['an empty MatchingID', { eid: newEid(), matchingId: '' }],
    ['the state Confirmed', { eid: newEid(), state: 'Confirmed' }],
    ['the state Installed', { eid: newEid(), state: 'Installed' }],
  ])('is not registered with %s', async (_, more) => {
    const { smds } = await operator.create({ smdsAddress: 'smds.example.com', ...more });
    expect(smds).toBeNull();
  });

  it('is registered by the server that is started on the database later', async () => {
    const database = newFile();
    const first = await startTestSmds({ dsAddress: undefined, certs: smdp.pkiFolder, database });
    const away = await deserted();
    const { iccid } = await new Operator(first).create({ eid: newEid(), smdsAddress: away });
    await new Operator(first).event(iccid, 'pending');
    await first.server.close();

    const port = Number(away.split(':')[1]);
    const smds = await startStub(dsTls, { status: '' }, port);
    const second = await startTestSmds({ dsAddress: undefined, certs: smdp.pkiFolder, database });
    await new Operator(second).event(iccid, 'registered');
    expect(smds.requests).toHaveLength(1);
  });
});
