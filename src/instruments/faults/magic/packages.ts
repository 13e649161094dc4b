import type { ProfileRequest } from '../../../orders/index.js';
import type { FaultRule } from '../rules/rule.js';
import type { MagicCode } from './code.js';

const boundProfile = (
  name: string,
  edit: NonNullable<FaultRule['edit']>,
  what: string,
  notices: string,
  profile?: ProfileRequest,
): MagicCode => ({
  name,
  form: name,
  pattern: new RegExp(`^${name}$`),
  examples: [name],
  what,
  notices,
  read: () => ({ rule: { edit }, ...(profile && { profile }) }),
});

const numbered = (
  name: string,
  change: NonNullable<FaultRule['edit']>[string],
  what: string,
  notices: string,
): MagicCode => ({
  name,
  form: `${name}-<n>`,
  pattern: new RegExp(`^${name}-(?<number>[1-9]\\d{0,3})$`),
  examples: [`${name}-1`, `${name}-3`, `${name}-9999`],
  what: `${what}. TLVs are counted from 1 in the order of transmission: 1 is ConfigureISDP, 2 is StoreMetadata, then come the profile elements. A number that is too high means the last TLV`,
  notices,
  read: ({ groups }) => ({
    rule: { edit: { [`boundProfilePackage.segments.${groups!['number']}`]: change } },
  }),
  slips: [
    [new RegExp(`^${name}$`), 'n is missing'],
    [new RegExp(`^${name}-\\d+$`), 'n is 1 to 9999'],
  ],
});

/** MatchingIDs that cause faults in the BPP or the metadata. */
export const packages: readonly MagicCode[] = [
  numbered(
    'BPP-MAC',
    { flip: -1 },
    'the nth protected TLV of the BPP has a wrong MAC',
    'eUICC: scp03tSecurityError at the command that contains this TLV, in the ProfileInstallationResult',
  ),
  numbered(
    'BPP-DROP',
    null,
    'the BPP lacks its nth protected TLV',
    'eUICC: scp03tSecurityError at the next TLV; scp03tStructureError if the command has no other TLV; installFailedDueToPEProcessingError if the lost TLV was the last of the BPP',
  ),
  boundProfile(
    'BPP-CUT',
    { boundProfilePackage: { truncate: -500 } },
    'the BPP lacks its last 500 octets',
    'the LPA cannot split it into segments: loadBppExecutionError',
  ),
  boundProfile(
    'BPP-TAIL',
    { boundProfilePackage: { append: '00000000' } },
    'four octets follow the BPP',
    'the LPA cannot split it into segments: loadBppExecutionError',
  ),
  boundProfile(
    'PE-CUT',
    { profilePackage: { truncate: -40 } },
    'the profile package lacks its last 40 octets; its protection is correct',
    'eUICC: installFailedDueToPEProcessingError at loadProfileElements',
  ),
  boundProfile(
    'MEMORY-BPP',
    { profilePackage: { memory: 8_388_608 } },
    'the profile package makes the eUICC create files of 8 MiB; its protection is correct. The server does not announce the size',
    'eUICC: installFailedDueToInsufficientMemoryForProfile at loadProfileElements',
  ),
  boundProfile(
    'META-ICCID',
    { 'profileMetadata.iccid': '8988247000000000009' },
    'the offered metadata and the metadata in the BPP have a different ICCID from the profile package',
    'eUICC: installFailedDueToDataMismatch at loadProfileElements',
  ),
  boundProfile(
    'META-BPP',
    { 'boundProfileMetadata.profileName': 'Another name' },
    'the metadata in the BPP differ from the metadata that the server offered',
    'the LPA: metadataMismatch',
  ),
  boundProfile(
    'META-LONG',
    { 'profileMetadata.profileName': 'x'.repeat(65) },
    'profileName has 65 characters; 64 are allowed',
    'the LPA cannot decode the metadata: profileName',
  ),
  boundProfile(
    'META-ICON',
    { 'profileMetadata.iconType': 1, 'profileMetadata.icon': { hex: '', pad: 1025 } },
    'the icon has 1025 octets; 1024 are allowed',
    'the LPA cannot decode the metadata: icon',
  ),
  boundProfile(
    'META-OWNER',
    { 'profileMetadata.profilePolicyRules': '0560', 'profileMetadata.profileOwner': null },
    'the metadata set PPR1 and PPR2, but name no owner',
    'eUICC: incorrectInputValues at storeMetadata',
  ),
  boundProfile(
    'META-PPR',
    { 'boundProfileMetadata.profilePolicyRules': '0640' },
    'the BPP sets PPR1, which forbids disabling. The offered metadata do not',
    'the LPA: metadataMismatch',
  ),
  boundProfile(
    'META-HALF',
    { 'boundProfilePackage.segments.3': null },
    'the metadata fill two TLVs (88), and the BPP lacks the second',
    'the LPA: metadataMismatch',
    { profileType: 'Test' },
  ),
  {
    name: 'META-UNKNOWN',
    form: 'META-UNKNOWN',
    pattern: /^META-UNKNOWN$/,
    examples: ['META-UNKNOWN'],
    what: 'the metadata end with BF7F, a member that SGP.22 v2 does not define',
    notices: 'nothing. Later versions of SGP.22 may add members, so the device ignores unknown members',
    read: () => ({ profile: { metadata: { extra: 'BF7F03800101' } } }),
  },
  {
    name: 'META-NOTE',
    form: 'META-NOTE',
    pattern: /^META-NOTE$/,
    examples: ['META-NOTE'],
    what: 'the metadata tell the device to send all notifications to notifications.invalid, a host that does not exist',
    notices:
      'nothing at first. The device cannot deliver later notifications, and keeps them. The undelivered notifications must not block anything else',
    read: () => ({
      profile: {
        metadata: {
          notificationConfigurationInfo: [
            {
              profileManagementOperation: ['install', 'enable', 'disable', 'delete'],
              notificationAddress: 'notifications.invalid',
            },
          ],
        },
      },
    }),
  },
  {
    name: 'ASK-CC',
    form: 'ASK-CC',
    pattern: /^ASK-CC$/,
    examples: ['ASK-CC'],
    what: 'ccRequiredFlag is set, although the order has no confirmation code',
    notices: 'nothing. The device asks for a code, and the server accepts any code',
    read: () => ({ rule: { edit: { 'smdpSigned2.ccRequiredFlag': true } } }),
  },
  {
    name: 'CC-HIDDEN',
    form: 'CC-HIDDEN-<code>',
    pattern: /^CC-HIDDEN-(?<code>[0-9A-Z]{1,16})$/,
    examples: ['CC-HIDDEN-1234'],
    what: 'the order has this confirmation code, but ccRequiredFlag is false',
    notices: 'the device asks for no code, and the server refuses with 8.2.7 / 2.2',
    read: ({ groups }) => ({
      rule: { edit: { 'smdpSigned2.ccRequiredFlag': false } },
      profile: { confirmationCode: groups!['code']! },
    }),
  },
  {
    name: 'CC',
    form: 'CC-<code>',
    pattern: /^CC-(?<code>[0-9A-Z]{1,16})$/,
    examples: ['CC-1234'],
    what: 'makes an order with this confirmation code',
    notices:
      'ccRequiredFlag is set. The server refuses a missing code with 8.2.7 / 2.2 and a wrong code with 8.2.7 / 3.8',
    read: ({ groups }) => ({ profile: { confirmationCode: groups!['code']! } }),
  },
];
