import { describe, expect, it } from 'vitest';
import { builtInProfileTypes, compileProfileType } from '../../src/profiles/index.js';
import { findingsOf, outcomeOf, replayed, smdpAddress, startRecordedServer } from './support.js';

const server = await startRecordedServer();
const k = '00112233445566778899aabbccddeeff';
const upp = compileProfileType(builtInProfileTypes[0]!).package({ iccid: '8988211000000000005' });

describe('a file that was exported without secrets', async () => {
  await fetch(`${server.operatorUrl}/api/v1/profile-types/uploaded`, {
    method: 'PUT',
    headers: { 'Content-Type': 'application/octet-stream' },
    body: upp,
  });
  await server.call('PUT', '/profile-types/keys', { parameters: { k }, protection: 'random' });
  const ofType = async (request: object, confirmationCode?: string) => {
    const { matchingId } = await server.prepare(request);
    const device = server.device();
    await outcomeOf(device.download({ smdpAddress, matchingId, confirmationCode }));
    return `eid=${device.eid}`;
  };
  const uploaded = await ofType({ profileType: 'uploaded' });
  const generated = await ofType({ profileType: 'keys' });
  const withCode = await ofType({ confirmationCode: '4711' }, '4711');
  const withoutCode = await ofType({ confirmationCode: '4711' });

  it('holds neither keys nor packages nor hashes', async () => {
    const [open, closed] = [
      JSON.stringify(await server.export('secrets=true')),
      JSON.stringify(await server.export()),
    ];
    const { confirmationCodeHash } = (await server.store.listProfiles({}, { limit: 10 })).items.at(-1)!;
    for (const secret of [
      k,
      'otSK.DP',
      'ppkEnc',
      upp.toString('base64'),
      confirmationCodeHash!.toString('hex').toUpperCase(),
    ]) {
      expect(open).toContain(secret);
      expect(closed).not.toContain(secret);
    }
  });

  it('is replayed where nothing of them is needed, and tells what was not compared', async () => {
    for (const query of [generated, withoutCode])
      expect(findingsOf(await replayed(await server.export(query)))).toEqual([]);
    const { exchanges } = await replayed(await server.export(generated));
    expect(exchanges.map(({ remark }) => remark !== undefined)).toEqual([false, false, true, false]);
    expect(exchanges[2]!.remark).toMatch(/^exported without secrets: /);
  });

  it('names what is not replayed for want of them, and what builds on it', async () => {
    const whys = async (query: string) =>
      (await replayed(await server.export(query))).exchanges.map(({ why = 'replayed' }) =>
        why.replace(/exchange \d+/, 'exchange N'),
      );
    expect(await whys(withCode)).toEqual([
      'replayed',
      'replayed',
      'exported without secrets: the confirmation code is not in the file',
      'it depends on exchange N, which was not replayed',
    ]);
    const type = "exported without secrets: the package of the profile type 'uploaded' is not in the file";
    expect(await whys(uploaded)).toEqual(['replayed', type, type, type]);
  });
});

describe('what is not replayed for other reasons', () => {
  it('is a session whose beginning is not in the file', async () => {
    const { matchingId } = await server.prepare();
    const device = server.device();
    await device.download({ smdpAddress, matchingId });
    const file = await server.export(`eid=${device.eid}&function=getBoundProfilePackage&secrets=true`);
    const { counts, exchanges } = await replayed(file);
    expect(counts).toEqual({ same: 0, different: 0, notReplayed: 1 });
    expect(exchanges[0]!.why).toBe('the initiateAuthentication of its session is not in the file');
  });

  it('is what operators have asked, and what could not be read', async () => {
    await fetch(`${server.operatorUrl}/gsma/rsp2/es2plus/releaseProfile`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: '{}',
    });
    await fetch(`${server.deviceUrl}/gsma/rsp2/es9plus/cancelSession`, { method: 'POST', body: 'text' });
    const file = await server.export();
    const { exchanges } = await replayed({ ...file, exchanges: file.exchanges.slice(-2) });
    expect(exchanges.map(({ why }) => why)).toEqual([
      'only ES9+ and ES11 are replayed',
      'the recorded server could not read the request',
    ]);
  });
});
