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

/** Octets that are sent unchanged, even if they are not a TLV. */
const verbatim: Type<Buffer> = { ...any(), write: (octets) => octets };

/** EuiccSigned1 with parts that are already encoded. So an edit can send parts that the schemas do not allow. */
export const EuiccSigned1Parts = sequence({
  transactionId: TransactionId,
  serverAddress: utf8String(0x83),
  serverChallenge: octetString(0x84),
  euiccInfo2: verbatim,
  ctxParams1: verbatim,
});

/** The structures whose values an edit can change before the eUICC encodes and signs them. */
export interface EditableValues {
  euiccInfo1: EuiccInfo1;
  euiccInfo2: EuiccInfo2;
  euiccSigned1: Infer<typeof EuiccSigned1Parts>;
  euiccSigned2: EuiccSigned2;
  euiccCancelSessionSigned: EuiccCancelSessionSigned;
  notificationMetadata: NotificationMetadata;
  profileInstallationResultData: ProfileInstallationResultData;
}

/** Structures that the eUICC signs. */
export type SignedStructure =
  | 'euiccSigned1'
  | 'euiccSigned2'
  | 'euiccCancelSessionSigned'
  | 'profileInstallationResultData'
  | 'notificationMetadata';

/** The structures whose octets an edit can change. An edit changes signed structures before the eUICC signs them. */
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
 * Makes a virtual eUICC misbehave. Each function receives the correct value, and returns the value that the eUICC uses in its place.
 *
 * @example wrong signature in AuthenticateServerResponse
 *     { sign: (structure, _data, honest) => structure === 'euiccSigned1' ? flipped(honest()) : honest() }
 * @example unknown member at the end of EUICCInfo2
 *     { octets: { euiccInfo2: (der) => withMember(der, Buffer.from('9f7f0101', 'hex')) } }
 */
export interface EuiccEdits {
  /** Changes decoded values. */
  readonly values?: {
    readonly [S in keyof EditableValues]?: (value: EditableValues[S]) => EditableValues[S];
  };
  /** Changes encoded octets, after `values`. */
  readonly octets?: { readonly [S in EditableOctets]?: (der: Buffer) => Buffer };
  /**
   * Replaces signatures. `data` are the octets to sign. `honest()` makes the correct signature (r ‖ s, 64 octets). The returned
   * signature may have any length.
   */
  readonly sign?: (structure: SignedStructure, data: readonly Buffer[], honest: () => Buffer) => Buffer;
}

/** Appends `members` (TLVs) to a constructed TLV, as a later version of SGP.22 might do. */
export function withMember(der: Buffer, ...members: readonly Buffer[]): Buffer {
  const outer = readTlv(der, 0, der.length, 'definite');
  return tlv(outer.tag, tlvValue(outer), ...members);
}

/** Applies the edits of a structure to its value, and encodes it. */
export function build<S extends keyof EditableValues>(
  edits: EuiccEdits,
  structure: S,
  type: Type<EditableValues[S]>,
  value: EditableValues[S],
): Buffer {
  const edited = edits.values?.[structure]?.(value) ?? value;
  return finish(edits, structure, encode(type, edited));
}

/** Applies the edit of a structure to its octets. */
export const finish = (edits: EuiccEdits, structure: EditableOctets, der: Buffer): Buffer =>
  edits.octets?.[structure]?.(der) ?? der;

/** Signs `data` for `structure`. Returns the TLV 5F37. */
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
