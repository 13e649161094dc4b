import { describe, expect, it } from 'vitest';
import { signOctets, signatureHolds } from '../../src/device/euicc/signature.js';
import {
  PackageReader,
  readWith,
  smdpSignedOctets,
  type Reading,
} from '../../src/device/euicc/package-reader.js';
import { agreeOnKeys } from '../../src/device/euicc/secure-channel.js';
import { segmentBoundProfilePackage } from '../../src/device/index.js';
import { privateKeyFromScalar, publicKeyFromPoint } from './support/keys.js';
import { hex, vectors, type Variant } from './support/vectors.js';

const { inputs, keys, plaintexts, initialiseSecureChannel, variants } = vectors;
const session = {
  transactionId: hex(inputs.transactionId),
  oneTimeKey: {
    curve: 'prime256v1',
    privateKey: hex(inputs.otSkEuicc),
    publicKey: hex(keys.otPkEuicc),
  },
  bindingCertificate: { publicKey: publicKeyFromPoint(hex(keys.pkDpPb)) },
} as const;

const unitsOf = (variant: Variant): readonly Buffer[] =>
  segmentBoundProfilePackage(hex(variant.boundProfilePackage)).units;

/** A reader of these units, and what does its readings. */
function readerOf(variant: Variant) {
  const units = unitsOf(variant)[Symbol.iterator]();
  return { reader: new PackageReader(), read: <T>(reading: Reading<T>): T => readWith(reading, units) };
}

describe('the known answer', () => {
  it.each(Object.entries(variants))('opens whole: variant %s', (name, variant) => {
    const { reader, read } = readerOf(variant);
    reader.openSecureChannel(agreeOnKeys(read(reader.initialiseSecureChannel()), session, inputs.eid));
    expect(read(reader.configureIsdp())).toEqual({ dpProprietaryData: undefined });
    expect(read(reader.storeMetadata()).toString('hex')).toBe(plaintexts.storeMetadata);
    expect(read(reader.replaceSessionKeys())).toBe(name === 'replacedSessionKeys');
    expect(read(reader.loadProfileElements()).toString('hex')).toBe(variant.profilePackage);
  });

  it('has a signature over the octets that the specification lists', () => {
    const { reader, read } = readerOf(variants.sessionKeys);
    const { request, signedOctets } = read(reader.initialiseSecureChannel());
    const covered = smdpSignedOctets(signedOctets, hex(keys.otPkEuicc));
    expect(Buffer.concat(covered).toString('hex')).toBe(initialiseSecureChannel.signedOctets);
    const { publicKey } = session.bindingCertificate;
    expect(signatureHolds(publicKey, covered, hex(initialiseSecureChannel.signature))).toBe(true);
    expect(request.smdpSign.toString('hex')).toBe(initialiseSecureChannel.signature);
    const another = signOctets(privateKeyFromScalar(hex(inputs.skDpPb)), covered);
    expect(signatureHolds(publicKey, covered, another)).toBe(true);
  });

  it('does not open for another EID', () => {
    const { reader, read } = readerOf(variants.sessionKeys);
    reader.openSecureChannel(
      agreeOnKeys(read(reader.initialiseSecureChannel()), session, '89049032123451234512345678901299'),
    );
    expect(() => read(reader.configureIsdp())).toThrow(
      expect.objectContaining({ command: 'configureISDP', reason: 'scp03tSecurityError' }),
    );
  });
});

describe('segmentation', () => {
  it('cuts a package into the units of SGP.22 2.5.5', () => {
    const units = unitsOf(variants.twoSegments);
    const firsts = units.map((unit) => unit[0]!.toString(16));
    expect(firsts).toEqual(['bf', 'a0', 'a1', '88', 'a3', '86', '86']);
    expect(Buffer.concat([...units]).toString('hex')).toBe(variants.twoSegments.boundProfilePackage);
    expect(units[0]!.length).toBe(5 + 178);
    expect(units[5]!.length).toBe(1020);
  });

  it('reads the metadata, which is not encrypted', () => {
    const { profileMetadata } = segmentBoundProfilePackage(hex(variants.sessionKeys.boundProfilePackage));
    expect(profileMetadata.toString('hex')).toBe(plaintexts.storeMetadata);
  });

  it.each([
    ['an octet too many', (hexText: string) => `${hexText}00`, /followed by/],
    ['another tag', (hexText: string) => `bf37${hexText.slice(4)}`, /instead of BF36/],
    [
      '86 in the place of 88',
      (hexText: string) => hexText.replace('a1528850', 'a1528650'),
      /A1: holds tag 86/,
    ],
    [
      'A1 in the place of A0',
      (hexText: string) => hexText.replace('a01a8718', 'a11a8718'),
      /consists of BF23 A1 A1 A3/,
    ],
  ])('refuses %s', (_, change, message) => {
    const changed = hex(change(variants.sessionKeys.boundProfilePackage));
    expect(() => segmentBoundProfilePackage(changed)).toThrow(message);
  });
});
