import {
  Asn1Error,
  decode,
  readAll,
  readTlv,
  received,
  tagName,
  tlv,
  tlvValue,
  type Tlv,
  type Type,
} from '../../wire/asn1/index.js';
import {
  type BppCommandId,
  ConfigureIsdpRequest,
  InitialiseSecureChannelRequest,
  ReplaceSessionKeysRequest,
} from '../../wire/rsp/index.js';
import { InstallationFault } from './faults.js';
import { SecureMessaging, SecureMessagingError, type MessagingKeys } from './secure-messaging.js';
import type { Infer } from '../../wire/asn1/index.js';

type Command = keyof typeof BppCommandId;

/** Maximum length of dpProprietaryData in octets, with tag and length (SGP.22 5.5.2). */
const maxDpProprietaryData = 128;

/** InitialiseSecureChannelRequest. `signedOctets` is the part of the request that smdpSign covers. */
export interface SecureChannelRequest {
  readonly request: InitialiseSecureChannelRequest;
  readonly signedOctets: Buffer;
}

/**
 * A function that reads a part of a package and pauses when it needs another unit. It yields `unit` to get the next unit, and gets
 * `undefined` if the package has ended. At the end of the package, it yields `rest`, and gets a unit only if the
 * package has too many units.
 */
export type Reading<T> = Generator<'unit' | 'rest', T, Buffer | undefined>;

/** Runs a {@link Reading} to its end. All its units must be available. */
export function readWith<T>(reading: Reading<T>, units: Iterator<Buffer>): T {
  let step = reading.next();
  while (!step.done) {
    const unit = units.next();
    step = reading.next(unit.done ? undefined : unit.value);
  }
  return step.value;
}

/**
 * Reads a bound profile package from the units of ES10b.LoadBoundProfilePackage (SGP.22 2.5.5): `BF36` header with
 * `BF23`; `A0`; `A1` header; each `88`; `A2`; `A3` header; each `86`. The units may arrive one by one, because each method is a
 * {@link Reading}.
 *
 * Call the methods in the order of this file. Each method raises {@link InstallationFault}.
 */
export class PackageReader {
  /** A unit whose tag has been checked, but whose content has not been read. */
  #peeked: Buffer | undefined;
  /** The number of octets that are still to come, according to the length in the package's header. */
  #outstanding = 0;
  #messaging: SecureMessaging | undefined;

  *initialiseSecureChannel(): Reading<SecureChannelRequest> {
    const command = 'initialiseSecureChannel';
    const unit = yield* this.#next(command);
    return guarded(command, () => {
      const header = containerHeader(unit, 0xbf36);
      this.#outstanding = header.length - (unit.length - header.octets);
      const encoded = unit.subarray(header.octets);
      return {
        request: decode(InitialiseSecureChannelRequest, encoded),
        signedOctets: octetsToSign(encoded),
      };
    });
  }

  /** Sets the keys that protect the rest of the package, and the maximum length of a segment in octets. */
  openSecureChannel(keys: MessagingKeys, maxSegmentOctets?: number): void {
    this.#messaging = new SecureMessaging(keys, maxSegmentOctets);
  }

  *configureIsdp(): Reading<Infer<typeof ConfigureIsdpRequest>> {
    const command = 'configureISDP';
    const unit = yield* this.#next(command);
    return guarded(command, () => {
      const plaintext = this.#single87(command, unit, 0xa0);
      const { dpProprietaryData } = inputValues(command, ConfigureIsdpRequest, plaintext);
      if (dpProprietaryData && received(dpProprietaryData).length > maxDpProprietaryData) {
        throw new InstallationFault(command, 'incorrectInputValues', 'dpProprietaryData is too long');
      }
      return { dpProprietaryData };
    });
  }

  /** Reads all `88` and returns the StoreMetadataRequest, DER. */
  *storeMetadata(): Reading<Buffer> {
    const command = 'storeMetadata';
    return yield* this.#series(command, 0xa1, (segment) => this.#channel.authenticate(segment));
  }

  /** Changes the keys if the package has a ReplaceSessionKeysRequest. @returns whether it has one */
  *replaceSessionKeys(): Reading<boolean> {
    const command = 'replaceSessionKeys';
    this.#peeked ??= yield 'unit';
    if (this.#peeked?.[0] !== 0xa2) return false;
    const unit = yield* this.#next(command);
    return guarded(command, () => {
      const plaintext = this.#single87(command, unit, 0xa2);
      const request = inputValues(command, ReplaceSessionKeysRequest, plaintext);
      this.#channel.replaceKeys({
        macChainingValue: request.initialMacChainingValue,
        encryptionKey: request.ppkEnc,
        macKey: request.ppkCmac,
      });
      return true;
    });
  }

  /** Reads all `86` and returns the profile package (UPP). Nothing may follow. */
  *loadProfileElements(): Reading<Buffer> {
    const command = 'loadProfileElements';
    const plaintext = yield* this.#series(command, 0xa3, (segment) => this.#channel.decrypt(segment, 0x86));
    if (this.#outstanding !== 0 || (yield 'rest')) {
      throw structureFault(command, 'BF36 states a length that is not the length of its content');
    }
    return plaintext;
  }

  get #channel(): SecureMessaging {
    if (!this.#messaging) throw new Error('call openSecureChannel() before reading the protected parts');
    return this.#messaging;
  }

  #single87(command: Command, unit: Buffer, tag: number): Buffer {
    this.#outstanding -= unit.length;
    const outer = readTlv(unit, 0, unit.length, 'minimal');
    if (outer.tag !== tag || outer.end !== unit.length) {
      throw structureFault(command, `${tagName(tag)} is missing; tag ${tagName(outer.tag)} came instead`);
    }
    return this.#channel.decrypt(tlvValue(outer), 0x87);
  }

  /** Joins the plaintexts of the segments in a container. */
  *#series(command: Command, tag: number, open: (segment: Buffer) => Buffer): Reading<Buffer> {
    const unit = yield* this.#next(command);
    const header = guarded(command, () => containerHeader(unit, tag));
    if (header.octets !== unit.length)
      throw structureFault(command, `${tagName(tag)} is not alone in its unit`);
    this.#outstanding -= unit.length;
    const plaintexts: Buffer[] = [];
    for (let left = header.length; left > 0;) {
      const segment = yield* this.#next(command);
      left -= segment.length;
      this.#outstanding -= segment.length;
      if (left < 0) throw structureFault(command, `a segment goes beyond the end of ${tagName(tag)}`);
      plaintexts.push(guarded(command, () => open(segment)));
    }
    if (plaintexts.length === 0) throw structureFault(command, `${tagName(tag)} is empty`);
    return Buffer.concat(plaintexts);
  }

  *#next(command: Command): Reading<Buffer> {
    const unit = this.#peeked ?? (yield 'unit');
    this.#peeked = undefined;
    if (!unit) throw structureFault(command, 'the package ends too early');
    return unit;
  }
}

function guarded<T>(command: Command, body: () => T): T {
  try {
    return body();
  } catch (error) {
    if (error instanceof SecureMessagingError) {
      const reason = error.kind === 'security' ? 'scp03tSecurityError' : 'scp03tStructureError';
      throw new InstallationFault(command, reason, error.message);
    }
    if (error instanceof Asn1Error) throw structureFault(command, error.message);
    throw error;
  }
}

const structureFault = (command: Command, message: string): InstallationFault =>
  new InstallationFault(command, 'scp03tStructureError', message);

/** Decodes a command whose MAC was already verified. So every error is incorrectInputValues. */
function inputValues<T>(command: Command, type: Type<T>, plaintext: Buffer): T {
  try {
    return decode(type, plaintext);
  } catch (error) {
    if (!(error instanceof Asn1Error)) throw error;
    throw new InstallationFault(command, 'incorrectInputValues', error.message);
  }
}

/** Reads the header of a container. The rest of the container is in later units. */
function containerHeader(unit: Buffer, tag: number): { octets: number; length: number } {
  const container: Tlv = readTlv(unit, 0, Infinity, 'minimal');
  if (container.tag !== tag)
    throw new Asn1Error(`has tag ${tagName(container.tag)} instead of ${tagName(tag)}`, 0);
  return { octets: container.valueStart, length: container.end - container.valueStart };
}

/** The octets of BF23 that smdpSign covers: the members before the signature, without the header. */
function octetsToSign(encoded: Buffer): Buffer {
  const outer = readTlv(encoded, 0, encoded.length, 'minimal');
  for (const member of readAll(encoded, outer.valueStart, outer.end, 'minimal')) {
    if (member.tag === 0x5f37) return encoded.subarray(outer.valueStart, member.start);
  }
  throw new Asn1Error('has no smdpSign', outer.start);
}

/** All octets that smdpSign covers: those of BF23, then otPK.EUICC, which the package does not contain. */
export const smdpSignedOctets = (signedOctets: Buffer, euiccOtpk: Buffer): Buffer[] => [
  signedOctets,
  tlv(0x5f49, euiccOtpk),
];
