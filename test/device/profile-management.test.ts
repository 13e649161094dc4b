import { beforeEach, describe, expect, it } from 'vitest';
import { bits, decode, received } from '../../src/wire/asn1/index.js';
import { iccidToOctets, OtherSignedNotification, PprId } from '../../src/wire/rsp/index.js';
import { segmentBoundProfilePackage, VirtualEuicc } from '../../src/device/index.js';
import { signatureHolds } from '../../src/device/euicc/signature.js';
import { everyEvent, metadataFor, minimalProfile } from './support/profiles.js';
import { TestSession, testWorld } from './support/test-server.js';

const world = testWorld();
const [first, second] = ['8900100000000000010', '8900100000000000028'] as const;
const profileOwner = { mccMnc: Buffer.from('00f110', 'hex') };
const notificationConfigurationInfo = [
  { profileManagementOperation: everyEvent, notificationAddress: 'smdp.example.com' },
];

let euicc: VirtualEuicc;
beforeEach(() => {
  euicc = new VirtualEuicc({ material: world.material });
});

function install(iccid: string, profilePolicyRules?: ReturnType<typeof bits>): void {
  const session = new TestSession(world);
  const authenticated = euicc.authenticateServer(session.authenticateServer(euicc.getEuiccChallenge()));
  const prepared = euicc.prepareDownload(session.prepareDownload(authenticated));
  const metadata = metadataFor({
    iccid: iccidToOctets(iccid),
    notificationConfigurationInfo,
    ...(profilePolicyRules ? { profilePolicyRules, profileOwner } : {}),
  });
  const profilePackage = minimalProfile({ headerIccid: iccid, fileIccid: iccid });
  const bound = session.boundProfilePackage(prepared, { metadata, profilePackage });
  const { fault } = euicc.loadBoundProfilePackage(segmentBoundProfilePackage(bound).units);
  if (fault) throw fault;
}

const states = (): string[] => euicc.getProfilesInfo().map(({ state }) => state);
const waiting = (): string[] =>
  euicc.retrieveNotificationsList().map(({ seqNumber, operation }) => `${seqNumber} ${operation}`);

describe('profiles', () => {
  it('are enabled one at a time, with a notification for each change', () => {
    install(first);
    install(second);
    expect(euicc.enableProfile(first)).toBe('ok');
    expect(euicc.enableProfile(second)).toBe('ok');
    expect(states()).toEqual(['disabled', 'enabled']);
    expect(waiting()).toEqual(['0 install', '1 install', '2 enable', '3 disable', '4 enable']);
  });

  it('are deleted only when disabled', () => {
    install(first);
    euicc.enableProfile(first);
    expect(euicc.deleteProfile(first)).toBe('profileNotInDisabledState');
    expect(euicc.disableProfile(first)).toBe('ok');
    expect(euicc.deleteProfile(first)).toBe('ok');
    expect(states()).toEqual([]);
    expect(euicc.installedPackage(first)).toBeUndefined();
  });

  it('change only from the other state', () => {
    install(first);
    expect(euicc.disableProfile(first)).toBe('profileNotInEnabledState');
    euicc.enableProfile(first);
    expect(euicc.enableProfile(first)).toBe('profileNotInDisabledState');
  });

  it('that are not there cannot be changed', () => {
    const results = [euicc.enableProfile(first), euicc.disableProfile(first), euicc.deleteProfile(first)];
    expect(results).toEqual(Array(3).fill('iccidOrAidNotFound'));
    expect(waiting()).toEqual([]);
  });

  it('have ISD-Ps of their own, also after one was deleted', () => {
    install(first);
    const { isdpAid } = euicc.getProfilesInfo()[0]!;
    euicc.deleteProfile(first);
    install(second);
    expect(isdpAid).toMatch(/^A0000005591010FFFFFFFF8900[0-9A-F]{4}00$/);
    expect(euicc.getProfilesInfo()[0]!.isdpAid).not.toBe(isdpAid);
  });

  it('with PPR1 stay enabled', () => {
    install(first, bits(1));
    euicc.enableProfile(first);
    install(second);
    expect(euicc.disableProfile(first)).toBe('disallowedByPolicy');
    expect(euicc.enableProfile(second)).toBe('disallowedByPolicy');
    expect(states()).toEqual(['enabled', 'disabled']);
  });

  it('with PPR2 are not deleted', () => {
    install(first, bits(2));
    expect(euicc.deleteProfile(first)).toBe('disallowedByPolicy');
  });
});

describe('notifications', () => {
  it('are signed by the eUICC and carry its certificates', () => {
    install(first);
    euicc.enableProfile(first);
    const { content } = euicc.retrieveNotificationsList()[1]!;
    const notification = decode(OtherSignedNotification, Buffer.from(content, 'base64'));
    const { privateKey, euiccCertificate, eumCertificate } = world.material.credentials[0]!;
    const { tbsOtherNotification: data, euiccNotificationSignature } = notification;
    expect(signatureHolds(privateKey, [received(data)], euiccNotificationSignature)).toBe(true);
    expect(notification).toMatchObject({ euiccCertificate, eumCertificate });
    expect(data).toMatchObject({ seqNumber: 1, iccid: iccidToOctets(first) });
    expect(data.profileManagementOperation).toEqual(bits(1));
  });

  it('are signed under the CI that the profile was downloaded under', () => {
    const other = testWorld().material.credentials[0]!;
    const [own] = world.material.credentials;
    const credentials = [other, own!];
    euicc = new VirtualEuicc({ material: { ...world.material, credentials } });
    install(first);
    euicc.enableProfile(first);
    const { content } = euicc.retrieveNotificationsList()[1]!;
    const notification = decode(OtherSignedNotification, Buffer.from(content, 'base64'));
    expect(notification.euiccCertificate).toEqual(own!.euiccCertificate);
  });

  it('are removed by number, each once', () => {
    install(first);
    expect(euicc.removeNotificationFromList(0)).toBe(true);
    expect(euicc.removeNotificationFromList(0)).toBe(false);
    expect(waiting()).toEqual([]);
  });
});

describe('a memory reset', () => {
  it('deletes profiles in any state, whatever their policy rules, and reports each', () => {
    install(first, bits(PprId.ppr1, PprId.ppr2));
    euicc.enableProfile(first);
    expect(euicc.memoryReset()).toBe('ok');
    expect(states()).toEqual([]);
    expect(waiting()).toEqual(['0 install', '1 enable', '2 delete']);
    expect(euicc.memoryReset()).toBe('nothingToDelete');
  });

  it('removes the default SM-DP+, unless told to keep it', () => {
    euicc.setDefaultDpAddress('smdp.example.com');
    euicc.setRootDsAddresses(['smds.example.com']);
    expect(euicc.memoryReset({ defaultSmdpAddress: false })).toBe('nothingToDelete');
    expect(euicc.memoryReset()).toBe('ok');
    expect(euicc.getEuiccConfiguredAddresses()).toEqual({ rootSmdsAddresses: ['smds.example.com'] });
  });

  it('keeps the profiles of a class that it is not about', () => {
    install(first);
    expect(euicc.memoryReset({ operationalProfiles: false })).toBe('nothingToDelete');
    expect(states()).toEqual(['disabled']);
  });
});
