import type { KeyObject } from 'node:crypto';
import {
  any,
  encode,
  octetString,
  readTlv,
  sequence,
  tlv,
  tlvValue,
  utf8String,
  type Infer,
  type Type,
} from '../../wire/asn1/index.js';
import {
  TransactionId,
  type EuiccCancelSessionSigned,
  type EuiccInfo1,
  type EuiccInfo2,
  type EuiccSigned2,
  type NotificationMetadata,
  type ProfileInstallationResultData,
} from '../../wire/rsp/index.js';
import { signOctets } from './signature.js';

/** EuiccSigned1 put together from encoded parts, so that octets a schema does not know survive in them. */
export const EuiccSigned1Parts = sequence({
  transactionId: TransactionId,
  serverAddress: utf8String(0x83),
  serverChallenge: octetString(0x84),
  euiccInfo2: any(),
  ctxParams1: any(),
});

/** Structures whose decoded value an edit can change, before they are encoded and signed. */
export interface EditableValues {
  euiccInfo1: EuiccInfo1;
  euiccInfo2: EuiccInfo2;
  euiccSigned1: Infer<typeof EuiccSigned1Parts>;
  euiccSigned2: EuiccSigned2;
  euiccCancelSessionSigned: EuiccCancelSessionSigned;
  notificationMetadata: NotificationMetadata;
  profileInstallationResultData: ProfileInstallationResultData;
}

/** Structures that carry a signature of the eUICC. */
export type SignedStructure =
  | 'euiccSigned1'
  | 'euiccSigned2'
  | 'euiccCancelSessionSigned'
  | 'profileInstallationResultData'
  | 'notificationMetadata';

/** Everything whose octets an edit can change: signed parts before signing, answers on their way out. */
export type EditableOctets =
  | keyof EditableValues
  | 'euiccChallenge'
  | 'ctxParams1'
  | 'euiccCertificate'
  | 'eumCertificate'
  | 'authenticateServerResponse'
  | 'prepareDownloadResponse'
  | 'cancelSessionResponse'
  | 'profileInstallationResult'
  | 'otherSignedNotification';

/**
 * What makes a virtual eUICC lie. Every function gets what an honest eUICC would have used and returns what is used in
 * its place; absent ones change nothing.
 *
 * @example wrong signature under the authentication
 *     { sign: (structure, _data, honest) => structure === 'euiccSigned1' ? flipped(honest()) : honest() }
 * @example unknown member at the end of EUICCInfo2
 *     { octets: { euiccInfo2: (der) => withMember(der, Buffer.from('9f7f0101', 'hex')) } }
 */
export interface EuiccEdits {
  /** Changes of decoded values. */
  readonly values?: {
    readonly [S in keyof EditableValues]?: (value: EditableValues[S]) => EditableValues[S];
  };
  /** Changes of encoded octets, after `values`. */
  readonly octets?: { readonly [S in EditableOctets]?: (der: Buffer) => Buffer };
  /** Makes signatures: `data` is what is signed, `honest()` the right answer (64 octets r ‖ s). Any length may be returned. */
  readonly sign?: (structure: SignedStructure, data: readonly Buffer[], honest: () => Buffer) => Buffer;
}

/** A constructed TLV with `members` behind those that it has: what a later version of SGP.22 might add. */
export function withMember(der: Buffer, ...members: readonly Buffer[]): Buffer {
  const outer = readTlv(der, 0, der.length, 'definite');
  return tlv(outer.tag, tlvValue(outer), ...members);
}

/** Encodes `value`, with the edits of that structure applied. */
export function build<S extends keyof EditableValues>(
  edits: EuiccEdits,
  structure: S,
  type: Type<EditableValues[S]>,
  value: EditableValues[S],
): Buffer {
  const edited = edits.values?.[structure]?.(value) ?? value;
  return finish(edits, structure, encode(type, edited));
}

/** Applies the edit of the octets of a structure. */
export const finish = (edits: EuiccEdits, structure: EditableOctets, der: Buffer): Buffer =>
  edits.octets?.[structure]?.(der) ?? der;

/** The signature of `structure` as the TLV 5F37. */
export function signed(
  edits: EuiccEdits,
  structure: SignedStructure,
  key: KeyObject,
  data: readonly Buffer[],
): Buffer {
  const honest = (): Buffer => signOctets(key, data);
  return tlv(0x5f37, edits.sign ? edits.sign(structure, data, honest) : honest());
}

export type EuiccSigned1Parts = Infer<typeof EuiccSigned1Parts>;
