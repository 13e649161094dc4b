import { Asn1Error, decode, tlv } from '../../wire/asn1/index.js';
import { BoundProfilePackage, ReplaceSessionKeysRequest } from '../../wire/rsp/index.js';
import { SecureMessaging, SecureMessagingError, type MessagingKeys } from './secure-messaging.js';

/** A command of ES8+ in the clear. `profilePackage` is the UPP, joined from its segments. */
export interface OpenedCommand {
  readonly command: 'configureIsdp' | 'storeMetadata' | 'replaceSessionKeys' | 'profilePackage';
  readonly octets: Buffer;
}

export interface OpenedPackage {
  readonly commands: readonly OpenedCommand[];
  /** Why the rest of the package could not be opened. */
  readonly problem?: string;
}

/**
 * Opens a bound profile package whose session keys are known (SGP.22 2.5.3, 2.6.4), without installing it.
 *
 * @param boundProfilePackage DER
 */
export function openBoundProfilePackage(boundProfilePackage: Buffer, keys: MessagingKeys): OpenedPackage {
  const commands: OpenedCommand[] = [];
  try {
    for (const command of commandsIn(boundProfilePackage, keys)) commands.push(command);
    return { commands };
  } catch (error) {
    if (error instanceof SecureMessagingError || error instanceof Asn1Error)
      return { commands, problem: error.message };
    throw error;
  }
}

function* commandsIn(encoded: Buffer, keys: MessagingKeys): Generator<OpenedCommand> {
  const parts = decode(BoundProfilePackage, encoded, { lengths: 'definite' });
  const channel = new SecureMessaging(keys, Infinity);
  const decrypted = (tag: 0x86 | 0x87, values: readonly Buffer[]): Buffer =>
    Buffer.concat(values.map((value) => channel.decrypt(tlv(tag, value), tag)));

  yield { command: 'configureIsdp', octets: decrypted(0x87, parts.firstSequenceOf87) };
  const metadata = parts.sequenceOf88.map((value) => channel.authenticate(tlv(0x88, value)));
  yield { command: 'storeMetadata', octets: Buffer.concat(metadata) };
  if (parts.secondSequenceOf87) {
    const replacement = decrypted(0x87, parts.secondSequenceOf87);
    yield { command: 'replaceSessionKeys', octets: replacement };
    const { initialMacChainingValue, ppkEnc, ppkCmac } = decode(ReplaceSessionKeysRequest, replacement);
    channel.replaceKeys({
      macChainingValue: initialMacChainingValue,
      encryptionKey: ppkEnc,
      macKey: ppkCmac,
    });
  }
  yield { command: 'profilePackage', octets: decrypted(0x86, parts.sequenceOf86) };
}
