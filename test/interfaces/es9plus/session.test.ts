import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadManufacturer, manufactureEuicc } from '../../../src/device/index.js';
import type { SessionState } from '../../../src/store/index.js';
import { temporaryFolder, testPkiFolder } from '../../support/pki-folder.js';
import { startTestSmdp } from '../../support/smdp.js';
import { Conversation } from './support/conversation.js';
import { ask, success, type FunctionName, type Members } from './support/exchange.js';
import { newEid } from './support/issuers.js';
import { installationResult, notify, succeeded } from './support/notification.js';
import { expectRefusal } from './support/trace.js';

const smdp = await startTestSmdp();
const day = 86_400_000;

/** What stays when a server is started again. */
const place = { pkiFolder: await testPkiFolder(), database: join(temporaryFolder(), 'smdp.db') };

/** A session brought into a state, and every request that its eUICC has signed on the way there or could sign then. */
async function sessionIn(state: SessionState) {
  const profile = await smdp.prepare();
  const material = manufactureEuicc(loadManufacturer(smdp.pkiFolder), newEid());
  const conversation = new Conversation(smdp, { material, matchingId: profile.matchingId });
  const requests: Partial<Record<FunctionName, Members>> = {};
  await conversation.initiate();
  const { transactionId } = conversation;
  requests.authenticateClient = conversation.authenticationRequest();
  const advance = (name: FunctionName) => ask(smdp, name, requests[name]);

  if (state !== 'initiated') {
    expect((await conversation.authenticateWith(requests.authenticateClient)).status).toBe(success);
    requests.getBoundProfilePackage = conversation.bindingRequest();
  }
  if (state === 'bound' || state === 'reported') {
    expect((await advance('getBoundProfilePackage')).status).toBe(success);
  }
  requests.cancelSession = conversation.cancellationRequest('endUserRejection');
  if (state === 'ended') expect((await advance('cancelSession')).status).toBe(success);
  if (state === 'reported') {
    const key = material.credentials[0]!.privateKey;
    await notify(smdp, installationResult(key, { transactionId, finalResult: succeeded }));
  }
  expect((await smdp.store.session(Buffer.from(transactionId, 'hex')))?.state).toBe(state);
  return { profile, requests };
}

describe('a function that is called out of order is refused with 8.10.1/3.9', () => {
  it.each<[FunctionName, SessionState]>([
    ['authenticateClient', 'authenticated'],
    ['authenticateClient', 'bound'],
    ['authenticateClient', 'reported'],
    ['authenticateClient', 'ended'],
    ['getBoundProfilePackage', 'bound'],
    ['getBoundProfilePackage', 'reported'],
    ['getBoundProfilePackage', 'ended'],
    ['cancelSession', 'initiated'],
    ['cancelSession', 'reported'],
    ['cancelSession', 'ended'],
  ])('%s in a session that is %s', async (name, state) => {
    const { profile, requests } = await sessionIn(state);
    await expectRefusal(smdp, profile, '8.10.1/3.9', () => ask(smdp, name, requests[name]));
  });

  it('getBoundProfilePackage in a session that is initiated', async () => {
    const { requests } = await sessionIn('authenticated');
    const { profile, requests: early } = await sessionIn('initiated');
    const { transactionId } = early.authenticateClient as { transactionId: string };
    await expectRefusal(smdp, profile, '8.10.1/3.9', () =>
      ask(smdp, 'getBoundProfilePackage', { ...requests.getBoundProfilePackage, transactionId }),
    );
  });
});

describe('a TransactionId', () => {
  const spellings: [string, (transactionId: string) => string][] = [
    ['in lower case', (transactionId) => transactionId.toLowerCase()],
    ['in mixed case', (transactionId) => transactionId.slice(0, 16) + transactionId.slice(16).toLowerCase()],
  ];

  it.each(spellings)('may be written %s, and is answered in upper case', async (_, spell) => {
    const { matchingId } = await smdp.prepare();
    const conversation = await Conversation.initiated(smdp, { matchingId });
    const transactionId = spell(conversation.transactionId);
    const offer = await conversation.authenticate({ transactionId });
    expect(offer.members['transactionId']).toBe(conversation.transactionId);
    const bound = await conversation.bind({ transactionId });
    expect(bound.members['transactionId']).toBe(conversation.transactionId);
    expect((await conversation.cancel('postponed', { transactionId })).status).toBe(success);
  });

  const unknown: [string, (transactionId: string) => string][] = [
    ['of another session', () => '00112233445566778899AABBCCDDEEFF'],
    ['with an octet too few', (transactionId) => transactionId.slice(2)],
    ['with an octet too many', (transactionId) => `${transactionId}00`],
    ['with half an octet', (transactionId) => transactionId.slice(1)],
    ['that is empty', () => ''],
    ['with a blank', (transactionId) => `${transactionId} `],
    ['with 0x', (transactionId) => `0x${transactionId.slice(2)}`],
    ['in base64', (transactionId) => Buffer.from(transactionId, 'hex').toString('base64')],
    ['that is no text for a file name', () => '../../../../../etc/passwd'],
    ['that is half a query', () => "' OR 1=1 --"],
  ];
  it.each(unknown)('%s is refused with 8.10.1/3.9 in every function', async (_, spell) => {
    const profile = await smdp.prepare();
    const conversation = await Conversation.initiated(smdp, { matchingId: profile.matchingId });
    const transactionId = spell(conversation.transactionId);
    const authentication = conversation.authenticationRequest();
    await expectRefusal(smdp, profile, '8.10.1/3.9', () =>
      ask(smdp, 'authenticateClient', { ...authentication, transactionId }),
    );
    expect((await conversation.authenticateWith(authentication)).status).toBe(success);
    await expectRefusal(smdp, profile, '8.10.1/3.9', () => conversation.bind({ transactionId }));
    await expectRefusal(smdp, profile, '8.10.1/3.9', () => conversation.cancel('timeout', { transactionId }));
  });
});

describe('sessions that are mixed up', () => {
  it('do not let one eUICC fetch the package of another', async () => {
    const [mine, theirs] = [await smdp.prepare(), await smdp.prepare()];
    const attacker = await Conversation.authenticated(smdp, { matchingId: mine.matchingId });
    const victim = await Conversation.authenticated(smdp, { matchingId: theirs.matchingId });
    const { transactionId } = victim;
    await expectRefusal(smdp, theirs, '8.1/6.1', () => attacker.bind({ transactionId }));
    expect((await victim.bind()).status).toBe(success);
  });
});

describe('the time for a session', () => {
  it('runs from its beginning to the delivery of the package', async () => {
    const { sessionTimeout } = smdp.context;
    const profile = await smdp.prepare();
    const device = smdp.device();
    const begin = () => Conversation.initiated(smdp, { device, matchingId: profile.matchingId });

    const first = await begin();
    smdp.advance(sessionTimeout + 1);
    await expectRefusal(smdp, profile, '8.10.1/3.9', () => first.authenticate());

    const second = await begin();
    expect((await second.authenticate()).status).toBe(success);
    smdp.advance(sessionTimeout + 1);
    await expectRefusal(smdp, profile, '8.10.1/3.9', () => second.bind());

    const third = await begin();
    expect((await third.authenticate()).status).toBe(success);
    smdp.advance(sessionTimeout + 1);
    await expectRefusal(smdp, profile, '8.10.1/3.9', () => third.cancel('endUserRejection'));
  });

  it('is long enough for a user who thinks about the confirmation code', async () => {
    const { matchingId } = await smdp.prepare();
    const conversation = await Conversation.authenticated(smdp, { matchingId });
    smdp.advance(5 * 60_000);
    expect((await conversation.bind()).status).toBe(success);
  });

  it('is longer once the package is delivered', async () => {
    const profile = await smdp.prepare();
    const conversation = await Conversation.bound(smdp, { matchingId: profile.matchingId });
    smdp.advance(smdp.context.sessionTimeout + 1);
    expect((await conversation.cancel('loadBppExecutionError')).status).toBe(success);
  });

  it('leaves the order to the next session', async () => {
    const { matchingId } = await smdp.prepare();
    const device = smdp.device();
    await Conversation.bound(smdp, { device, matchingId });
    smdp.advance(10 * day);
    await smdp.store.purge(smdp.context.clock.now().getTime());
    expect((await Conversation.bound(smdp, { device, matchingId })).load().fault).toBeUndefined();
  });
});

describe('a session on a server that is restarted after every step', () => {
  it('is continued as if nothing had happened', async () => {
    let server = await startTestSmdp(place);
    const restarted = async () => {
      await server.stop();
      server = await startTestSmdp(place);
      return server;
    };

    const profile = await server.prepare({ confirmationCode: '12345678', confirmationCodeAttempts: 2 });
    const material = manufactureEuicc(loadManufacturer(place.pkiFolder), newEid());
    const conversation = new Conversation(server, { material, matchingId: profile.matchingId });
    await conversation.initiate();
    conversation.smdp = await restarted();
    expect((await conversation.authenticate()).status).toBe(success);
    conversation.smdp = await restarted();
    expect((await conversation.bindWithCode('0')).status).toBe('8.2.7/3.8');
    conversation.smdp = await restarted();
    expect((await conversation.bindWithCode('12345678')).status).toBe(success);
    expect(conversation.load().fault).toBeUndefined();
    await restarted();
    const { transactionId } = conversation;
    const { privateKey } = material.credentials[0]!;
    await notify(server, installationResult(privateKey, { transactionId, finalResult: succeeded }));
    expect(await server.profile(profile)).toMatchObject({
      state: 'Installed',
      confirmationCodeAttemptsLeft: 1,
    });
    await restarted();
    expect((await server.profile(profile)).state).toBe('Installed');
    await server.stop();
  });
});

describe('a session on a server that is restarted with other certificates', () => {
  it('is not known any more, at any step, and its notification is taken without effect', async () => {
    const database = join(temporaryFolder(), 'other-certificates.db');
    const server = await startTestSmdp({ database });
    const profile = await server.prepare();
    const material = manufactureEuicc(loadManufacturer(server.pkiFolder), newEid());
    const options = { material, matchingId: profile.matchingId };
    const authenticated = await Conversation.authenticated(server, options);
    const bound = await Conversation.bound(server, options);
    await server.stop();

    const other = await startTestSmdp({ database });
    authenticated.smdp = other;
    expect((await authenticated.bindWithCode('0')).status).toBe('8.10.1/3.9');
    const { transactionId } = bound;
    const { privateKey } = material.credentials[0]!;
    await notify(other, installationResult(privateKey, { transactionId, finalResult: succeeded }));
    expect((await other.profile(profile)).state).toBe('Downloaded');
    await other.stop();
  });
});
