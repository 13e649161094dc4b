import { readFileSync } from 'node:fs';

/** One protected TLV of the known answers. Octets are hex. */
export interface Segment {
  readonly tag: string;
  readonly counter: number;
  readonly plaintext: string;
  readonly tlv: string;
}

export interface Variant {
  readonly profilePackage: string;
  readonly segments: readonly Segment[];
  readonly boundProfilePackage: string;
}

interface Vectors {
  readonly inputs: Record<'otSkDp' | 'otSkEuicc' | 'skDpPb' | 'eid' | 'hostId' | 'transactionId', string>;
  readonly keys: Record<
    'otPkDp' | 'otPkEuicc' | 'pkDpPb' | 'initialMacChainingValue' | 'sEnc' | 'sMac',
    string
  >;
  readonly plaintexts: Record<'configureIsdp' | 'storeMetadata' | 'replaceSessionKeys', string>;
  readonly initialiseSecureChannel: Record<'signedOctets' | 'signature' | 'encoded', string>;
  readonly variants: Record<'sessionKeys' | 'replacedSessionKeys' | 'twoSegments', Variant>;
}

/** The known answers of profile binding. */
export const vectors = JSON.parse(
  readFileSync(new URL('../../vectors/bound-profile-package.json', import.meta.url), 'utf8'),
) as Vectors;

export const hex = (text: string): Buffer => Buffer.from(text, 'hex');
