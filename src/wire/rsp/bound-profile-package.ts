import { integer, objectIdentifier, octetString, optional, sequenceOf, type Infer } from '../asn1/index.js';
import { OneTimePublicKey, sequence, Signature, TransactionId } from './common.js';

/** ControlRefTemplate (SGP.22 5.5.1): key type 88 (AES), key length 16 octets, and a host id that the SM-DP+ chooses. */
export const ControlRefTemplate = sequence(
  {
    keyType: octetString(0x80, { length: 1 }),
    keyLen: octetString(0x81, { length: 1 }),
    hostId: octetString(0x84, { min: 1, max: 16 }),
  },
  { tag: 0xa6 },
);

/** InitialiseSecureChannelRequest (SGP.22 5.5.1). */
export const InitialiseSecureChannelRequest = sequence(
  {
    remoteOpId: integer(0x82),
    transactionId: TransactionId,
    controlRefTemplate: ControlRefTemplate,
    smdpOtpk: OneTimePublicKey,
    smdpSign: Signature,
  },
  { tag: 0xbf23 },
);
export type InitialiseSecureChannelRequest = Infer<typeof InitialiseSecureChannelRequest>;

/** RemoteOpId ::= INTEGER {installBoundProfilePackage(1)} (SGP.22 2.5.4). */
export const installBoundProfilePackage = 1;

/** ConfigureISDPRequest (SGP.22 5.5.2). */
export const ConfigureIsdpRequest = sequence(
  { dpProprietaryData: optional(sequence({ dpOid: objectIdentifier(0x80) }, { tag: 0xb8 })) },
  { tag: 0xbf24 },
);

/** ReplaceSessionKeysRequest (SGP.22 5.5.4). */
export const ReplaceSessionKeysRequest = sequence(
  {
    initialMacChainingValue: octetString(0x80, { length: 16 }),
    ppkEnc: octetString(0x81, { length: 16 }),
    ppkCmac: octetString(0x82, { length: 16 }),
  },
  { tag: 0xbf26 },
);
export type ReplaceSessionKeysRequest = Infer<typeof ReplaceSessionKeysRequest>;

/** Maximum length of a protected TLV (86, 87, 88) in octets, including tag and length (SGP.22 2.5.4). */
export const maxSegmentOctets = 1020;

/** BoundProfilePackage (SGP.22 2.5.4). The values of 86, 87 and 88 are protected octets with their MAC. */
export const BoundProfilePackage = sequence(
  {
    initialiseSecureChannelRequest: InitialiseSecureChannelRequest,
    firstSequenceOf87: sequenceOf(octetString(0x87), { tag: 0xa0, min: 1 }),
    sequenceOf88: sequenceOf(octetString(0x88), { tag: 0xa1, min: 1 }),
    secondSequenceOf87: optional(sequenceOf(octetString(0x87), { tag: 0xa2, min: 1 })),
    sequenceOf86: sequenceOf(octetString(0x86), { tag: 0xa3, min: 1 }),
  },
  { tag: 0xbf36 },
);
export type BoundProfilePackage = Infer<typeof BoundProfilePackage>;

/** BppCommandId (SGP.22 2.5.6). */
export const BppCommandId = {
  initialiseSecureChannel: 0,
  configureISDP: 1,
  storeMetadata: 2,
  storeMetadata2: 3,
  replaceSessionKeys: 4,
  loadProfileElements: 5,
} as const;
