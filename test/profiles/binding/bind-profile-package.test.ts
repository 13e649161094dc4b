import { describe, expect, it } from 'vitest';
import { systemRandom } from '../../../src/base/random.js';
import {
  assemble,
  bindProfilePackage,
  InvalidPointError,
  OneTimeKeyPair,
  randomProtectionKeys,
  type BindingInput,
} from '../../../src/profiles/binding/index.js';
import { deriveSessionKeys } from '../../../src/profiles/binding/session-keys.js';
import { hex, vectors } from '../../device/support/vectors.js';

const { inputs, keys, plaintexts, initialiseSecureChannel, variants } = vectors;

const replacementKeys = {
  initialMacChainingValue: Buffer.alloc(16, 0x43),
  enc: Buffer.alloc(16, 0x41),
  mac: Buffer.alloc(16, 0x42),
};

/** What the known answers are made from. The signature is given: ECDSA draws a random nonce. */
const input = (changes: Partial<BindingInput> = {}): BindingInput => ({
  transactionId: hex(inputs.transactionId),
  eid: inputs.eid,
  euiccOtpk: hex(keys.otPkEuicc),
  smdpOneTimeKey: OneTimeKeyPair.of('P-256', hex(inputs.otSkDp)),
  hostId: hex(inputs.hostId),
  profileMetadata: hex(plaintexts.storeMetadata),
  profilePackage: hex(variants.sessionKeys.profilePackage),
  sign: () => hex(initialiseSecureChannel.signature),
  ...changes,
});

describe('the known answers of profile binding', () => {
  it('give the session keys', () => {
    const secret = OneTimeKeyPair.of('P-256', hex(inputs.otSkDp)).agree(hex(keys.otPkEuicc));
    expect(deriveSessionKeys(secret, hex(inputs.hostId), inputs.eid)).toEqual({
      initialMacChainingValue: hex(keys.initialMacChainingValue),
      enc: hex(keys.sEnc),
      mac: hex(keys.sMac),
    });
  });

  it.each([
    ['sessionKeys', undefined],
    ['replacedSessionKeys', replacementKeys],
    ['twoSegments', undefined],
  ] as const)('give the package of the variant %s octet by octet', (name, profileProtectionKeys) => {
    const { profilePackage, segments, boundProfilePackage } = variants[name];
    const parts = bindProfilePackage(input({ profilePackage: hex(profilePackage), profileProtectionKeys }));
    const { configureIsdp, storeMetadata, replaceSessionKeys, loadProfileElements } = parts;
    const made = [...configureIsdp, ...storeMetadata, ...replaceSessionKeys, ...loadProfileElements];
    expect(made.map((tlv) => tlv.toString('hex'))).toEqual(segments.map(({ tlv }) => tlv));
    expect(parts.initialiseSecureChannel).toEqual(hex(initialiseSecureChannel.encoded));
    expect(assemble(parts)).toEqual(hex(boundProfilePackage));
  });

  it('sign the request and the key of the eUICC, which is not transmitted', () => {
    let signed = Buffer.alloc(0);
    bindProfilePackage(
      input({
        sign: (...data) => {
          signed = Buffer.concat(data);
          return hex(initialiseSecureChannel.signature);
        },
      }),
    );
    expect(signed).toEqual(hex(initialiseSecureChannel.signedOctets));
  });
});

describe('a bound profile package', () => {
  const protectedBy = (profileProtectionKeys: BindingInput['profileProtectionKeys'], transaction: number) =>
    bindProfilePackage(
      input({
        transactionId: Buffer.alloc(16, transaction),
        smdpOneTimeKey: OneTimeKeyPair.generate('P-256', systemRandom),
        profileProtectionKeys,
      }),
    ).loadProfileElements;

  it('protects the profile independently of the session where keys are replaced', () => {
    expect(protectedBy(replacementKeys, 1)).toEqual(protectedBy(replacementKeys, 2));
    expect(protectedBy(undefined, 1)).not.toEqual(protectedBy(undefined, 2));
  });

  it('names the SM-DP+ in ConfigureISDP where it is given an OID', () => {
    const { configureIsdp } = bindProfilePackage(input({ smdpOid: '2.999.10' }));
    expect(configureIsdp).toHaveLength(1);
    // 10 octets of BF24 B8 80, padded to one block, with header and MAC.
    expect(configureIsdp[0]).toHaveLength(2 + 16 + 8);
    expect(configureIsdp[0]).not.toEqual(bindProfilePackage(input()).configureIsdp[0]);
  });

  it('is refused to a one-time key that is no point of the curve', () => {
    const beside = Buffer.from(hex(keys.otPkEuicc));
    beside[64]! ^= 1;
    expect(() => bindProfilePackage(input({ euiccOtpk: beside }))).toThrow(InvalidPointError);
  });
});

describe('random profile protection keys', () => {
  it('are three independent draws of 16 octets', () => {
    const { initialMacChainingValue, enc, mac } = randomProtectionKeys(systemRandom);
    const drawn = [initialMacChainingValue, enc, mac];
    expect(drawn.map(({ length }) => length)).toEqual([16, 16, 16]);
    expect(new Set(drawn.map((octets) => octets.toString('hex'))).size).toBe(3);
  });
});
