import { encode, integer, tlv, type Infer } from '../../wire/asn1/index.js';
import type { Random } from '../../base/random.js';
import {
  ConfigureIsdpRequest,
  ControlRefTemplate,
  InitialiseSecureChannelRequest,
  installBoundProfilePackage,
  OneTimePublicKey,
  ReplaceSessionKeysRequest,
  TransactionId,
} from '../../wire/rsp/index.js';
import { Bsp } from './bsp.js';
import type { OneTimeKeyPair } from './one-time-key.js';
import { deriveSessionKeys, keyLength, keyTypeAes, type ProtectionKeys } from './session-keys.js';

/** The inputs of a bound profile package (BPP). */
export interface BindingInput {
  readonly transactionId: Buffer;
  /** 32 digits. */
  readonly eid: string;
  /** Uncompressed point. */
  readonly euiccOtpk: Buffer;
  readonly smdpOneTimeKey: OneTimeKeyPair;
  /** The SM-DP+'s name in the key derivation, 1 to 16 octets. */
  readonly hostId: Buffer;
  /** OID of the SM-DP+ in dotted form, to store in the ISD-P. Absent: ConfigureISDP is empty. */
  readonly smdpOid?: string | undefined;
  /** The complete BF25 TLV. */
  readonly profileMetadata: Buffer;
  /** The UPP. */
  readonly profilePackage: Buffer;
  /** Keys for the profile elements in place of the session keys. Absent: the session keys protect everything. */
  readonly profileProtectionKeys?: ProtectionKeys | undefined;
  /** Signs with SK.DPpb in plain format. */
  readonly sign: (...data: Buffer[]) => Buffer;
}

/** The parts of a BoundProfilePackage in the order of transmission (SGP.22 2.5.4). */
export interface BoundProfilePackageParts {
  /** BF23 */
  readonly initialiseSecureChannel: Buffer;
  /** 87 */
  readonly configureIsdp: readonly Buffer[];
  /** 88 */
  readonly storeMetadata: readonly Buffer[];
  /** 87. Empty if the session keys protect everything. */
  readonly replaceSessionKeys: readonly Buffer[];
  /** 86 */
  readonly loadProfileElements: readonly Buffer[];
}

/** Generates random profile protection keys. */
export const randomProtectionKeys = (random: Random): ProtectionKeys => ({
  initialMacChainingValue: random.bytes(16),
  enc: random.bytes(16),
  mac: random.bytes(16),
});

/**
 * Binds a profile package to one eUICC (SGP.22 2.5.4, 5.5, annex G).
 *
 * @throws InvalidPointError if `euiccOtpk` is not a point on the curve of the one-time key
 */
export function bindProfilePackage(input: BindingInput): BoundProfilePackageParts {
  const z = input.smdpOneTimeKey.agree(input.euiccOtpk);
  const session = new Bsp(deriveSessionKeys(z, input.hostId, input.eid));
  const ppk = input.profileProtectionKeys;
  return {
    initialiseSecureChannel: initialiseSecureChannel(input),
    configureIsdp: session.encrypt(0x87, configureIsdp(input.smdpOid)),
    storeMetadata: session.authenticate(0x88, input.profileMetadata),
    replaceSessionKeys: ppk ? session.encrypt(0x87, replaceSessionKeys(ppk)) : [],
    loadProfileElements: (ppk ? new Bsp(ppk) : session).encrypt(0x86, input.profilePackage),
  };
}

/** Builds the BF36 TLV. The protected TLVs go into its lists unchanged. */
export function assemble(parts: BoundProfilePackageParts): Buffer {
  return tlv(
    0xbf36,
    parts.initialiseSecureChannel,
    tlv(0xa0, ...parts.configureIsdp),
    tlv(0xa1, ...parts.storeMetadata),
    ...(parts.replaceSessionKeys.length > 0 ? [tlv(0xa2, ...parts.replaceSessionKeys)] : []),
    tlv(0xa3, ...parts.loadProfileElements),
  );
}

/** ES8+.InitialiseSecureChannel (SGP.22 5.5.1). The signature also covers otPK.EUICC, which is not transmitted. */
function initialiseSecureChannel(input: BindingInput): Buffer {
  const controlRefTemplate: Infer<typeof ControlRefTemplate> = {
    keyType: keyTypeAes,
    keyLen: keyLength,
    hostId: input.hostId,
  };
  const request = {
    remoteOpId: installBoundProfilePackage,
    transactionId: input.transactionId,
    controlRefTemplate,
    smdpOtpk: input.smdpOneTimeKey.publicPoint,
  };
  const smdpSign = input.sign(
    encode(integer(0x82), request.remoteOpId),
    encode(TransactionId, request.transactionId),
    encode(ControlRefTemplate, controlRefTemplate),
    encode(OneTimePublicKey, request.smdpOtpk),
    encode(OneTimePublicKey, input.euiccOtpk),
  );
  return encode(InitialiseSecureChannelRequest, { ...request, smdpSign });
}

const configureIsdp = (smdpOid: string | undefined): Buffer =>
  encode(ConfigureIsdpRequest, smdpOid === undefined ? {} : { dpProprietaryData: { dpOid: smdpOid } });

const replaceSessionKeys = (ppk: ProtectionKeys): Buffer =>
  encode(ReplaceSessionKeysRequest, {
    initialMacChainingValue: ppk.initialMacChainingValue,
    ppkEnc: ppk.enc,
    ppkCmac: ppk.mac,
  });
