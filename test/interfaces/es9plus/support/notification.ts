import { expect } from 'vitest';
import { bits, encode, tlv } from '../../../../src/wire/asn1/index.js';
import type { EuiccCredential } from '../../../../src/device/index.js';
import { signPlain } from '../../../../src/pki/index.js';
import {
  iccidToOctets,
  NotificationMetadata,
  ProfileInstallationResultData,
} from '../../../../src/wire/rsp/index.js';
import type { Profile } from '../../../../src/store/index.js';
import type { TestSmdp } from '../../../support/smdp.js';

/** Bits of NotificationEvent. */
export const events = { install: 0, enable: 1, disable: 2, delete: 3 } as const;

/** Delivers a PendingNotification; the device has to be told 204, with nothing behind it, whatever it held. */
export async function notify({ post }: Pick<TestSmdp, 'post'>, pendingNotification: Buffer): Promise<void> {
  const response = await post('handleNotification', {
    pendingNotification: pendingNotification.toString('base64'),
  });
  expect(response.status).toBe(204);
  expect(await response.text()).toBe('');
}

interface OtherNotification {
  readonly iccid?: string | undefined;
  readonly seqNumber: number;
  /** Bits that are set; normally one of {@link events}. */
  readonly operations: readonly number[];
  /** Signs in the place of the eUICC. */
  readonly signer?: EuiccCredential['privateKey'];
}

/** An OtherSignedNotification of the eUICC with this credential. */
export function otherSigned(
  { privateKey, euiccCertificate, eumCertificate }: EuiccCredential,
  { iccid, seqNumber, operations, signer = privateKey }: OtherNotification,
  lie: (signature: Buffer) => Buffer = (honest) => honest,
): Buffer {
  const tbs = encode(NotificationMetadata, {
    seqNumber,
    profileManagementOperation: bits(...operations),
    notificationAddress: 'smdp.example.com',
    iccid: iccid === undefined ? undefined : iccidToOctets(iccid),
  });
  return tlv(0x30, tbs, tlv(0x5f37, lie(signPlain(signer, [tbs]))), euiccCertificate, eumCertificate);
}

type FinalResult = ProfileInstallationResultData['finalResult'];

export const succeeded: FinalResult = {
  successResult: {
    aid: Buffer.from('A0000005591010FFFFFFFF8900001100', 'hex'),
    simaResponse: Buffer.from('9000', 'hex'),
  },
};
export const failedBecause = (errorReason: number): FinalResult => ({
  errorResult: { bppCommandId: 0, errorReason, simaResponse: Buffer.from('6A80', 'hex') },
});

/** A ProfileInstallationResult, signed with `key`. */
export function installationResult(
  key: EuiccCredential['privateKey'],
  {
    transactionId,
    finalResult,
    seqNumber = 1,
    iccid,
  }: {
    transactionId: string;
    finalResult: FinalResult;
    seqNumber?: number;
    iccid?: string | undefined;
  },
): Buffer {
  const data = encode(ProfileInstallationResultData, {
    transactionId: Buffer.from(transactionId, 'hex'),
    notificationMetadata: {
      seqNumber,
      profileManagementOperation: bits(events.install),
      notificationAddress: 'smdp.example.com',
      iccid: iccid === undefined ? undefined : iccidToOctets(iccid),
    },
    smdpOid: '2.999.10',
    finalResult,
  });
  return tlv(0xbf37, data, tlv(0x5f37, signPlain(key, [data])));
}

/** The profile without what every look at it changes. */
export async function substanceOf(smdp: TestSmdp, profile: Profile): Promise<unknown> {
  const row = await smdp.profile(profile);
  return { profile: { ...row, version: 0, updatedAt: 0 }, history: await smdp.history(profile) };
}

/** What is recorded of the profile's notifications. */
export const recorded = async (smdp: TestSmdp, { id }: Profile) =>
  (await smdp.store.notifications(id)).map(({ operation, seqNumber, verified, outcome }) => ({
    operation,
    seqNumber,
    verified,
    outcome,
  }));
