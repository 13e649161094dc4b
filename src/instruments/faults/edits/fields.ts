import type { EditPoint } from '../../exchanges/index.js';

/** A value inside a structure. `kind` says how to encode a JSON value that replaces it. */
export interface Field {
  readonly tag: number;
  readonly kind: 'octets' | 'text' | 'boolean' | 'integer' | 'iccid';
  /** For a SEQUENCE: its members, in order. */
  readonly members?: Fields;
}
export type Fields = Readonly<Record<string, Field>>;

const octets = (tag: number): Field => ({ tag, kind: 'octets' });
const text = (tag: number): Field => ({ tag, kind: 'text' });
const integer = (tag: number): Field => ({ tag, kind: 'integer' });
const group = (tag: number, members: Fields): Field => ({ tag, kind: 'octets', members });

const metadata: Fields = {
  iccid: { tag: 0x5a, kind: 'iccid' },
  serviceProviderName: text(0x91),
  profileName: text(0x92),
  iconType: integer(0x93),
  icon: octets(0x94),
  profileClass: integer(0x95),
  notificationConfigurationInfo: octets(0xb6),
  profileOwner: group(0xb7, { mccMnc: octets(0x80), gid1: octets(0x81), gid2: octets(0x82) }),
  profilePolicyRules: octets(0x99),
  serviceSpecificDataStoredInEuicc: octets(0xbf22),
};

/** Names the protected TLVs of a BPP, counted from 1 in order of transmission: `segments.3`. */
export const segments = 'segments';

/**
 * The editable members of each edit point, with their tags from SGP.22 annex H. The schemas in `wire/rsp` are not used here,
 * because they refuse to encode values that violate the specification.
 */
export const structures: Readonly<Record<EditPoint, Fields>> = {
  transactionId: {},
  serverSigned1: {
    transactionId: octets(0x80),
    euiccChallenge: octets(0x81),
    serverAddress: text(0x83),
    serverChallenge: octets(0x84),
  },
  serverSignature1: {},
  serverCertificate: {},
  smdpSigned2: {
    transactionId: octets(0x80),
    ccRequiredFlag: { tag: 0x01, kind: 'boolean' },
    bppEuiccOtpk: octets(0x5f49),
  },
  smdpSignature2: {},
  smdpCertificate: {},
  profileMetadata: metadata,
  boundProfileMetadata: metadata,
  boundTransactionId: {},
  profilePackage: {},
  boundProfilePackage: {
    initialiseSecureChannelRequest: group(0xbf23, {
      remoteOpId: integer(0x82),
      transactionId: octets(0x80),
      controlRefTemplate: group(0xa6, { keyType: octets(0x80), keyLen: octets(0x81), hostId: octets(0x84) }),
      smdpOtpk: octets(0x5f49),
      smdpSign: octets(0x5f37),
    }),
    firstSequenceOf87: octets(0xa0),
    sequenceOf88: octets(0xa1),
    secondSequenceOf87: octets(0xa2),
    sequenceOf86: octets(0xa3),
  },
};
