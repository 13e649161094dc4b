import { readAll, tlvBytes } from '../../../wire/asn1/index.js';
import { elementName } from '../../../profiles/saip/index.js';
import { openBoundProfilePackage, type OpenedCommand } from '../../../device/euicc/open-package.js';
import type { ExchangeDetails } from '../../../api/index.js';
import { membersOf } from './asn1-messages.js';

/** A part of a bound profile package in the clear. */
export interface ClearPart {
  /** The name of the part in SGP.22 or in the interoperable format: `StoreMetadataRequest`, `ProfileElement usim`. */
  readonly type: string;
  readonly octets: Buffer;
  readonly isProfileElement: boolean;
}

/** What a bound profile package contains. */
export interface ClearPackage {
  readonly parts: readonly ClearPart[];
  /** Why the rest of the package could not be decrypted. */
  readonly problem?: string;
}

const types = {
  configureIsdp: 'ConfigureISDPRequest',
  storeMetadata: 'StoreMetadataRequest',
  replaceSessionKeys: 'ReplaceSessionKeysRequest',
} as const;

/**
 * Decrypts the bound profile package of an answer with the session keys of the exchange. Without keys, the list of
 * parts is empty.
 */
export function decryptedPackage({ answer, secrets }: ExchangeDetails): ClearPackage {
  const { boundProfilePackage } = membersOf(answer);
  const keyOf = (name: string): Buffer | undefined => {
    const value = secrets?.[name];
    return value === undefined ? undefined : Buffer.from(value, 'hex');
  };
  const [encryptionKey, macKey, macChainingValue] = ['S-ENC', 'S-MAC', 'initialMacChainingValue'].map(keyOf);
  if (typeof boundProfilePackage !== 'string' || !encryptionKey || !macKey || !macChainingValue)
    return { parts: [] };
  const { commands, problem } = openBoundProfilePackage(Buffer.from(boundProfilePackage, 'base64'), {
    encryptionKey,
    macKey,
    macChainingValue,
  });
  return { parts: commands.flatMap(partsOf), ...(problem !== undefined && { problem }) };
}

function partsOf({ command, octets }: OpenedCommand): ClearPart[] {
  if (command !== 'profilePackage') return [{ type: types[command], octets, isProfileElement: false }];
  return elementsOf(octets);
}

/** The profile elements of a package. If the package does not consist of elements, it is one part. */
function elementsOf(upp: Buffer): ClearPart[] {
  try {
    return [...readAll(upp, 0, upp.length, 'definite')].map((element) => ({
      type: `ProfileElement ${elementName(element.tag) ?? 'unknown'}`,
      octets: tlvBytes(element),
      isProfileElement: true,
    }));
  } catch {
    return [{ type: 'profile package', octets: upp, isProfileElement: true }];
  }
}
