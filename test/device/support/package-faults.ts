import type { KeyObject } from 'node:crypto';
import { bits, tlv } from '../../../src/wire/asn1/index.js';
import {
  iccidToOctets,
  ProfileClass,
  type BppCommandId,
  type ErrorReason,
} from '../../../src/wire/rsp/index.js';
import type { VirtualEuiccOptions } from '../../../src/device/index.js';
import type { BindingInput } from './binding.js';
import { metadataFor, minimalProfile } from './profiles.js';

const spoilt =
  (wantedTag: number, change: (segment: Buffer) => void) =>
  (segment: Buffer, tag: number): Buffer => {
    if (tag !== wantedTag) return segment;
    const copy = Buffer.from(segment);
    change(copy);
    return copy;
  };
const flipLast = (segment: Buffer): void => {
  segment[segment.length - 1]! ^= 1;
};

/** Name, and what is refused where and why: the command, the reason, what is wrong with the package, and the eUICC. */
export type Fault = [
  string,
  keyof typeof BppCommandId,
  keyof typeof ErrorReason,
  Partial<BindingInput>,
  Partial<VirtualEuiccOptions>?,
];
export const owner = { mccMnc: Buffer.from('00f110', 'hex') };
/** Bound profile packages that an eUICC refuses. */
export const packageFaults = (foreignKey: KeyObject): readonly Fault[] => [
  ['a wrong signature', 'initialiseSecureChannel', 'invalidSignature', { bindingKey: foreignKey }],
  [
    'a signature over another one-time key',
    'initialiseSecureChannel',
    'invalidSignature',
    { euiccOtpk: otherPoint() },
  ],
  [
    'another transaction',
    'initialiseSecureChannel',
    'invalidTransactionId',
    { transactionId: Buffer.alloc(16, 9) },
  ],
  ['another key type', 'initialiseSecureChannel', 'unsupportedCrtValues', { keyType: 0x82 }],
  ['another key length', 'initialiseSecureChannel', 'unsupportedCrtValues', { keyLength: 32 }],
  ['another operation', 'initialiseSecureChannel', 'unsupportedRemoteOperationType', { remoteOpId: 2 }],
  ['keys for another EID', 'configureISDP', 'scp03tSecurityError', { eid: '8'.repeat(32) }],
  ['a wrong MAC in 87', 'configureISDP', 'scp03tSecurityError', { spoil: spoilt(0x87, flipLast) }],
  ['a wrong MAC in 88', 'storeMetadata', 'scp03tSecurityError', { spoil: spoilt(0x88, flipLast) }],
  ['a wrong MAC in 86', 'loadProfileElements', 'scp03tSecurityError', { spoil: spoilt(0x86, flipLast) }],
  [
    'an SM-DP+ OID of somebody else',
    'configureISDP',
    'incorrectInputValues',
    { configureIsdp: Buffer.from('bf2407b805800388370c', 'hex') },
  ],
  [
    'dpProprietaryData of more than 128 octets',
    'configureISDP',
    'incorrectInputValues',
    { configureIsdp: tlv(0xbf24, tlv(0xb8, Buffer.from('800388370a', 'hex'), tlv(0x81, Buffer.alloc(122)))) },
  ],
  [
    'an ICCID without digits',
    'storeMetadata',
    'incorrectInputValues',
    { metadata: metadataFor({ iccid: Buffer.alloc(10, 0xff) }) },
  ],
  [
    'segments that are too long',
    'loadProfileElements',
    'scp03tStructureError',
    { profilePackage: Buffer.alloc(1100), segmentSize: 1008 },
  ],
  [
    'metadata that cannot be decoded',
    'storeMetadata',
    'incorrectInputValues',
    { metadata: Buffer.from('bf2503910141', 'hex') },
  ],
  [
    'an icon without its type',
    'storeMetadata',
    'incorrectInputValues',
    { metadata: metadataFor({ icon: Buffer.alloc(3) }) },
  ],
  [
    'policy rules without an owner',
    'storeMetadata',
    'incorrectInputValues',
    { metadata: metadataFor({ profilePolicyRules: bits(2) }) },
  ],
  [
    'a policy rule that is forbidden',
    'storeMetadata',
    'pprNotAllowed',
    { metadata: metadataFor({ profilePolicyRules: bits(2), profileOwner: owner }) },
    { traits: { forbiddenPolicyRules: ['ppr2'] } },
  ],
  [
    'a test profile for an eUICC that takes none',
    'storeMetadata',
    'unsupportedProfileClass',
    { metadata: metadataFor({ profileClass: ProfileClass.test }) },
    { traits: { rspCapability: [0] } },
  ],
  [
    'another ICCID in the metadata',
    'loadProfileElements',
    'installFailedDueToDataMismatch',
    { metadata: metadataFor({ iccid: iccidToOctets('8900100000000000010') }) },
  ],
  [
    'another ICCID in the header',
    'loadProfileElements',
    'installFailedDueToDataMismatch',
    { profilePackage: minimalProfile({ headerIccid: '8900100000000000010' }) },
  ],
  [
    'another ICCID in EF.ICCID',
    'loadProfileElements',
    'installFailedDueToDataMismatch',
    { profilePackage: minimalProfile({ fileIccid: '8900100000000000010' }) },
  ],
  [
    'a profile without an end',
    'loadProfileElements',
    'installFailedDueToPEProcessingError',
    { profilePackage: minimalProfile().subarray(0, -9) },
  ],
  [
    'a profile larger than what is free',
    'loadProfileElements',
    'installFailedDueToInsufficientMemoryForProfile',
    {},
    { traits: { nonVolatileMemory: 100 } },
  ],
];

function otherPoint(): Buffer {
  return Buffer.from(
    '04ad137f7ef829eef8a8571bf4d307664ea8e024e05bda4e26da8f7ae884456058a88e48c9a1d9386471f13f2559758edc4bc1e11394eb415d63e2d33e4d38519d',
    'hex',
  );
}
