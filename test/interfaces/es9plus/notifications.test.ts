import { describe, expect, it } from 'vitest';
import { loadManufacturer, manufactureEuicc, type EuiccCredential } from '../../../src/device/index.js';
import { issueCi, issueEuicc, issueEum } from '../../../src/pki/index.js';
import type { Profile } from '../../../src/store/index.js';
import { startTestSmdp } from '../../support/smdp.js';
import { Conversation } from './support/conversation.js';
import { credentialOf, materialOn, materialUnder, newEid } from './support/issuers.js';
import {
  events,
  installationResult,
  notify,
  otherSigned,
  recorded,
  substanceOf,
  succeeded,
} from './support/notification.js';
import { traceOf } from './support/trace.js';

const smdp = await startTestSmdp();
const manufacturer = loadManufacturer(smdp.pkiFolder);

interface Installed {
  readonly profile: Profile;
  readonly credential: EuiccCredential;
  readonly eid: string;
}

/** An eUICC with a profile that it was given here. */
async function installed(material = manufactureEuicc(manufacturer, newEid())): Promise<Installed> {
  const profile = await smdp.prepare();
  const { transactionId } = await Conversation.bound(smdp, { material, matchingId: profile.matchingId });
  const credential = material.credentials[0]!;
  await notify(
    smdp,
    installationResult(credential.privateKey, { transactionId, finalResult: succeeded, seqNumber: 0 }),
  );
  return { profile, credential, eid: material.eid };
}

type Operation = keyof typeof events;
const notification = (
  { profile: { iccid }, credential }: Pick<Installed, 'profile' | 'credential'>,
  operation: Operation,
  seqNumber: number,
): Buffer => otherSigned(credential, { iccid, seqNumber, operations: [events[operation]] });

describe('a notification of an installed profile', () => {
  it.each([
    ['enable', 'enabled'],
    ['disable', 'disabled'],
    ['delete', 'deleted'],
  ] as const)('%s makes it %s, and is found in its history', async (operation, installedState) => {
    const euicc = await installed();
    await notify(smdp, notification(euicc, operation, 7));
    expect(await smdp.profile(euicc.profile)).toMatchObject({
      state: 'Installed',
      installedState,
      installedSeqNumber: 7,
    });
    expect((await smdp.history(euicc.profile)).at(-1)).toMatchObject({
      trigger: `notification ${operation}`,
      eid: euicc.eid,
    });
    expect((await recorded(smdp, euicc.profile)).at(-1)).toEqual({
      operation,
      seqNumber: 7,
      verified: true,
      outcome: 'acted upon',
    });
  });

  it('may come from an eUICC on brainpoolP256r1', async () => {
    const euicc = await installed(materialOn(smdp, 'BRP'));
    await notify(smdp, notification(euicc, 'enable', 1));
    expect((await smdp.profile(euicc.profile)).installedState).toBe('enabled');
  });

  it('may have the sequence number 0', async () => {
    const euicc = await installed();
    await notify(smdp, notification(euicc, 'enable', 0));
    expect(await smdp.profile(euicc.profile)).toMatchObject({
      installedState: 'enabled',
      installedSeqNumber: 0,
    });
    await notify(smdp, notification(euicc, 'disable', 1));
    expect((await smdp.profile(euicc.profile)).installedState).toBe('disabled');
  });

  it('may have a sequence number of more than 32 bits', async () => {
    const euicc = await installed();
    await notify(smdp, notification(euicc, 'enable', 2 ** 40));
    expect((await smdp.profile(euicc.profile)).installedSeqNumber).toBe(2 ** 40);
  });

  it('needs no session', async () => {
    const euicc = await installed();
    smdp.advance(smdp.context.resultTimeout + 1);
    await smdp.store.purge(smdp.context.clock.now().getTime());
    await notify(smdp, notification(euicc, 'enable', 1));
    expect((await smdp.profile(euicc.profile)).installedState).toBe('enabled');
  });
});

describe('notifications are acted upon once', () => {
  it('however often they are sent', async () => {
    const euicc = await installed();
    const enable = notification(euicc, 'enable', 1);
    await notify(smdp, enable);
    const before = await substanceOf(smdp, euicc.profile);
    for (let repeat = 0; repeat < 3; repeat++) await notify(smdp, enable);
    expect(await substanceOf(smdp, euicc.profile)).toEqual(before);
    expect((await recorded(smdp, euicc.profile)).map(({ outcome }) => outcome)).toEqual([
      'acted upon',
      'acted upon',
      'repeat: the server received this notification before',
      'repeat: the server received this notification before',
      'repeat: the server received this notification before',
    ]);
  });

  it('even where they are sent at the same time', async () => {
    const euicc = await installed();
    const enable = notification(euicc, 'enable', 1);
    await Promise.all(Array.from({ length: 10 }, () => notify(smdp, enable)));
    const history = await smdp.history(euicc.profile);
    expect(history.filter(({ trigger }) => trigger === 'notification enable')).toHaveLength(1);
  });

  it('also where one is signed anew, as some eUICCs do for each retrieval', async () => {
    const euicc = await installed();
    await notify(smdp, notification(euicc, 'enable', 1));
    const before = await substanceOf(smdp, euicc.profile);
    await notify(smdp, notification(euicc, 'enable', 1));
    expect(await substanceOf(smdp, euicc.profile)).toEqual(before);
  });

  it('and a repeat does not turn back what came after it', async () => {
    const euicc = await installed();
    const enable = notification(euicc, 'enable', 1);
    await notify(smdp, enable);
    await notify(smdp, notification(euicc, 'disable', 2));
    await notify(smdp, enable);
    expect(await smdp.profile(euicc.profile)).toMatchObject({
      installedState: 'disabled',
      installedSeqNumber: 2,
    });
  });
});

describe('notifications that arrive in another order', () => {
  it('end where the last one of the eUICC ends, each in the history', async () => {
    const euicc = await installed();
    await notify(smdp, notification(euicc, 'delete', 3));
    await notify(smdp, notification(euicc, 'enable', 1));
    await notify(smdp, notification(euicc, 'disable', 2));
    expect(await smdp.profile(euicc.profile)).toMatchObject({
      installedState: 'deleted',
      installedSeqNumber: 3,
    });
    const noEffect =
      'no effect: arrived after the notification with seqNumber 3, which says that the profile is deleted';
    expect((await recorded(smdp, euicc.profile)).map(({ outcome }) => outcome)).toEqual([
      ...['acted upon', 'acted upon', noEffect, noEffect],
    ]);
    const late = { cause: 'arrived after a newer notification' };
    expect((await smdp.history(euicc.profile)).slice(-2)).toMatchObject([late, late]);
  });

  it('may overtake the result of the installation', async () => {
    const profile = await smdp.prepare();
    const material = manufactureEuicc(manufacturer, newEid());
    const { transactionId } = await Conversation.bound(smdp, { material, matchingId: profile.matchingId });
    const credential = material.credentials[0]!;
    const result = installationResult(credential.privateKey, {
      transactionId,
      finalResult: succeeded,
      seqNumber: 5,
    });
    await notify(smdp, notification({ profile, credential }, 'enable', 6));
    expect(await smdp.profile(profile)).toMatchObject({ state: 'Downloaded', installedState: 'enabled' });
    await notify(smdp, result);
    expect(await smdp.profile(profile)).toMatchObject({
      state: 'Installed',
      installedState: 'enabled',
      installedSeqNumber: 6,
    });
  });

  it('begin anew for an eUICC that was reset and downloads again', async () => {
    const profile = await smdp.prepare({ reuse: 'unlimited' });
    const material = manufactureEuicc(manufacturer, newEid());
    const credential = material.credentials[0]!;
    for (const firstSeqNumber of [40, 0]) {
      const { transactionId } = await Conversation.bound(smdp, { material, matchingId: profile.matchingId });
      const result = { transactionId, finalResult: succeeded, seqNumber: firstSeqNumber };
      await notify(smdp, installationResult(credential.privateKey, result));
      await notify(smdp, notification({ profile, credential }, 'enable', firstSeqNumber + 1));
    }
    expect(await smdp.profile(profile)).toMatchObject({ installedState: 'enabled', installedSeqNumber: 1 });
  });
});

describe('a notification that changes nothing', () => {
  /** Delivers what `make` makes, and looks whether the profile is as it was. */
  async function expectNothing(make: (euicc: Installed) => Buffer): Promise<void> {
    const euicc = await installed();
    const before = await traceOf(smdp, euicc.profile);
    await notify(smdp, make(euicc));
    expect(await traceOf(smdp, euicc.profile)).toEqual(before);
  }

  it('is one with a wrong signature', async () => {
    await expectNothing(({ profile: { iccid }, credential }) => {
      const signer = manufactureEuicc(manufacturer, newEid()).credentials[0]!.privateKey;
      return otherSigned(credential, { iccid, seqNumber: 1, operations: [events.delete], signer });
    });
  });

  it('is one that was changed on its way', async () => {
    await expectNothing((euicc) => {
      const enable = notification(euicc, 'enable', 1);
      const at = enable.indexOf(Buffer.from('800101', 'hex'));
      enable[at + 2] = 2;
      return enable;
    });
  });

  it('is one of another eUICC that names the ICCID', async () => {
    await expectNothing(({ profile }) => {
      const credential = manufactureEuicc(manufacturer, newEid()).credentials[0]!;
      return notification({ profile, credential }, 'delete', 1);
    });
  });

  it('is one with the EID of the eUICC in a certificate of a foreign maker', async () => {
    await expectNothing(({ profile, eid }) => {
      const credential = materialUnder(smdp, issueCi(), eid).credentials[0]!;
      return notification({ profile, credential }, 'delete', 1);
    });
  });

  it('is one of an EUM that is under the CI but not allowed this EID', async () => {
    await expectNothing(({ profile, eid, credential }) => {
      const eum = issueEum(credentialOf(smdp, 'CI'), { subject: [['O', 'Another EUM']] });
      const euicc = issueEuicc(eum, eid);
      const forged = {
        ...credential,
        privateKey: euicc.key,
        euiccCertificate: euicc.der,
        eumCertificate: eum.der,
      };
      return notification({ profile, credential: forged }, 'delete', 1);
    });
  });

  it('is one of an eUICC whose certificate has expired', async () => {
    await expectNothing(({ profile, eid, credential }) => {
      const over = {
        notBefore: new Date('2010-01-01'),
        notAfter: new Date('2015-01-01'),
        key: credential.privateKey,
      };
      const { der } = issueEuicc(credentialOf(smdp, 'EUM'), eid, over);
      return notification({ profile, credential: { ...credential, euiccCertificate: der } }, 'delete', 1);
    });
  });

  it('is one whose signature does not have 64 octets', async () => {
    await expectNothing(({ credential, profile }) =>
      otherSigned(
        credential,
        { iccid: profile.iccid, seqNumber: 1, operations: [events.delete] },
        (signature) => signature.subarray(1),
      ),
    );
  });

  it('is one about an ICCID that was never here', async () => {
    await expectNothing(({ credential }) =>
      otherSigned(credential, { iccid: '8900000000000000001', seqNumber: 1, operations: [events.delete] }),
    );
  });

  it('is one without an ICCID', async () => {
    await expectNothing(({ credential }) =>
      otherSigned(credential, { seqNumber: 2, operations: [events.enable] }),
    );
  });

  it.each([
    ['no event', [], 'the notification names no event'],
    [
      'two events',
      [events.enable, events.disable],
      'the notification names several events (enable, disable)',
    ],
    ['an event that has no name yet', [4], 'SGP.22 v2 has no event for bit 4'],
    [
      'the installation, which a ProfileInstallationResult reports',
      [events.install],
      'only a signed ProfileInstallationResult can report an installation',
    ],
  ])('but is recorded is one that names %s', async (_, operations, why) => {
    const { profile, credential } = await installed();
    const before = await traceOf(smdp, profile);
    await notify(smdp, otherSigned(credential, { iccid: profile.iccid, seqNumber: 1, operations }));
    const after = await traceOf(smdp, profile);
    expect({ ...after, notifications: [] }).toEqual({ ...before, notifications: [] });
    expect((await recorded(smdp, profile)).at(-1)).toMatchObject({
      verified: true,
      outcome: `no effect: ${why}`,
    });
  });

  it('is one about a profile that was never delivered', async () => {
    const eid = newEid();
    const profile = await smdp.prepare({ eid });
    const credential = manufactureEuicc(manufacturer, eid).credentials[0]!;
    const before = await traceOf(smdp, profile);
    await notify(smdp, notification({ profile, credential }, 'delete', 1));
    expect(await traceOf(smdp, profile)).toEqual(before);
  });

  it.each(['', '00', '0500', 'bf3700', '30820000', 'ff'.repeat(300)])(
    'is %s, which is none, but is answered all the same',
    async (octets) => {
      await notify(smdp, Buffer.from(octets, 'hex'));
    },
  );
});

it('a virtual device delivers its notifications in order', async () => {
  const profile = await smdp.prepare();
  const device = smdp.device({ firstSeqNumber: 0 });
  await device.download({ smdpAddress: smdp.address, matchingId: profile.matchingId! });
  expect([device.enable(profile.iccid), device.disable(profile.iccid), device.delete(profile.iccid)]).toEqual(
    ['ok', 'ok', 'ok'],
  );
  const deliveries = await device.sendNotifications();
  expect(deliveries.map(({ operation, error }) => [operation, error])).toEqual([
    ['enable', undefined],
    ['disable', undefined],
    ['delete', undefined],
  ]);
  expect((await smdp.profile(profile)).installedState).toBe('deleted');
  expect((await smdp.history(profile)).map(({ trigger }) => trigger)).toEqual([
    'getBoundProfilePackage',
    'notification install',
    'notification enable',
    'notification disable',
    'notification delete',
  ]);
});
