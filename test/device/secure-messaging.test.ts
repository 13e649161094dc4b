import { describe, expect, it } from 'vitest';
import { aesCmac } from '../../src/device/euicc/aes-cmac.js';
import { deriveSessionKeys } from '../../src/device/euicc/key-agreement.js';
import {
  SecureMessaging,
  SecureMessagingError,
  type MessagingKeys,
} from '../../src/device/euicc/secure-messaging.js';
import { Protector } from './support/binding.js';
import { hex, vectors, type Segment, type Variant } from './support/vectors.js';

const { inputs, keys, plaintexts, variants } = vectors;
const ownKey = {
  curve: 'prime256v1',
  privateKey: hex(inputs.otSkEuicc),
  publicKey: hex(keys.otPkEuicc),
} as const;

const sessionKeys: MessagingKeys = {
  macChainingValue: hex(keys.initialMacChainingValue),
  encryptionKey: hex(keys.sEnc),
  macKey: hex(keys.sMac),
};

const replacementKeys: MessagingKeys = {
  macChainingValue: Buffer.alloc(16, 0x43),
  encryptionKey: Buffer.alloc(16, 0x41),
  macKey: Buffer.alloc(16, 0x42),
};

function opened(messaging: SecureMessaging, { tag, tlv }: Segment): Buffer {
  if (tag === '88') return messaging.authenticate(hex(tlv));
  return messaging.decrypt(hex(tlv), tag === '86' ? 0x86 : 0x87);
}

/** Opens all segments; a second `87` is taken to have replaced the keys. */
function openAll({ segments }: Variant, messaging = new SecureMessaging(sessionKeys)): string[] {
  return segments.map((segment, index) => {
    const plaintext = opened(messaging, segment);
    if (segment.tag === '87' && index > 0) messaging.replaceKeys(replacementKeys);
    return plaintext.toString('hex');
  });
}

describe('keys of the known answer', () => {
  it('follow from the one-time keys, HostID and EID', () => {
    const derived = deriveSessionKeys(ownKey, hex(keys.otPkDp), hex(inputs.hostId), inputs.eid);
    expect(derived).toEqual(sessionKeys);
  });

  it('are refused to a point that is not on the curve', () => {
    const wrong = Buffer.from(hex(keys.otPkDp));
    wrong[64]! ^= 1;
    expect(() => deriveSessionKeys(ownKey, wrong, hex(inputs.hostId), inputs.eid)).toThrow(Error);
  });
});

describe('protection is taken off', () => {
  it.each(Object.entries(variants))('of every segment of the variant %s', (_, variant) => {
    expect(openAll(variant)).toEqual(variant.segments.map(({ plaintext }) => plaintext));
  });

  it('of a package of 1100 octets in two segments', () => {
    const segments = openAll(variants.twoSegments).slice(2);
    expect(segments.join('')).toBe(variants.twoSegments.profilePackage);
  });
});

describe('a server that protects wrongly is found out', () => {
  const payload = Buffer.from(Array.from({ length: 40 }, (_, index) => index));

  it('a counter that starts at 0 garbles the first block and nothing else', () => {
    const protector = new Protector(sessionKeys);
    protector.counter = 0;
    const plaintext = new SecureMessaging(sessionKeys).decrypt(protector.segment(0x87, payload), 0x87);
    expect(plaintext.subarray(0, 16)).not.toEqual(payload.subarray(0, 16));
    expect(plaintext.subarray(16)).toEqual(payload.subarray(16));
  });

  it('a counter that 88 does not move on garbles the first block of the 86 after it', () => {
    const protector = new Protector(sessionKeys);
    const messaging = new SecureMessaging(sessionKeys);
    messaging.authenticate(protector.segment(0x88, hex(plaintexts.storeMetadata)));
    protector.counter = 1;
    const plaintext = messaging.decrypt(protector.segment(0x86, payload), 0x86);
    expect(plaintext.subarray(0, 16)).not.toEqual(payload.subarray(0, 16));
    expect(plaintext.subarray(16)).toEqual(payload.subarray(16));
  });

  it('a MAC chain that begins with zeros is refused', () => {
    const protector = new Protector({ ...sessionKeys, macChainingValue: Buffer.alloc(16) });
    expect(() => new SecureMessaging(sessionKeys).decrypt(protector.segment(0x87, payload), 0x87)).toThrow(
      /MAC of 87 number 1/,
    );
  });

  it('keys from an EID in ASCII are refused', () => {
    const asciiEid = Buffer.from(inputs.eid).toString('hex');
    const wrong = deriveSessionKeys(ownKey, hex(keys.otPkDp), hex(inputs.hostId), asciiEid);
    const segment = new Protector(wrong).segment(0x87, payload);
    expect(() => new SecureMessaging(sessionKeys).decrypt(segment, 0x87)).toThrow(SecureMessagingError);
  });

  it('a MAC chain that goes on after ReplaceSessionKeys is refused', () => {
    const messaging = new SecureMessaging(sessionKeys);
    const protector = new Protector(sessionKeys);
    messaging.decrypt(protector.segment(0x87, payload), 0x87);
    messaging.replaceKeys(replacementKeys);
    protector.keys = { ...replacementKeys, macChainingValue: protector.keys.macChainingValue };
    protector.counter = 1;
    expect(() => messaging.decrypt(protector.segment(0x86, payload), 0x86)).toThrow(/MAC of 86/);
  });

  it('padding other than 80 00… is refused', () => {
    const ciphertext = Buffer.from(new Protector(sessionKeys).segment(0x87, payload).subarray(2, 50));
    // In CBC this flips the pad octet, which is number 40 of the plaintext.
    ciphertext[24]! ^= 0x80;
    const segment = withMac(ciphertext);
    expect(() => new SecureMessaging(sessionKeys).decrypt(segment, 0x87)).toThrow(/does not end in 80/);
  });

  it.each([
    ['the tag', (tlv: Buffer) => Buffer.concat([Buffer.of(0x86), tlv.subarray(1)]), 'structure'],
    ['a missing octet', (tlv: Buffer) => tlv.subarray(0, -1), undefined],
    ['an octet of the value', (tlv: Buffer) => flip(tlv, 5), 'security'],
    ['an octet of the MAC', (tlv: Buffer) => flip(tlv, tlv.length - 1), 'security'],
  ])('a change of %s is refused', (_, change, kind) => {
    const tlv = change(hex(variants.sessionKeys.segments[0]!.tlv));
    const attempt = (): unknown => new SecureMessaging(sessionKeys).decrypt(tlv, 0x87);
    if (kind === undefined) expect(attempt).toThrow(/claims/);
    else expect(attempt).toThrow(expect.objectContaining({ kind }));
  });

  it.each([0, 20])('ciphertext of %i octets is refused', (octets) => {
    const segment = withMac(Buffer.alloc(octets));
    expect(() => new SecureMessaging(sessionKeys).decrypt(segment, 0x87)).toThrow(/are not whole AES blocks/);
  });

  it('a segment without room for a MAC is refused', () => {
    const segment = hex('8803010203');
    expect(() => new SecureMessaging(sessionKeys).authenticate(segment)).toThrow(/has no MAC/);
  });

  it('an octet behind a segment is refused', () => {
    const segment = Buffer.concat([hex(variants.sessionKeys.segments[0]!.tlv), Buffer.of(0)]);
    expect(() => new SecureMessaging(sessionKeys).decrypt(segment, 0x87)).toThrow(/expected one 87/);
  });

  it('a segment of more than 1020 octets is refused', () => {
    const tlv = new Protector(sessionKeys).segment(0x86, Buffer.alloc(1008));
    expect(tlv.length).toBeGreaterThan(1020);
    expect(() => new SecureMessaging(sessionKeys).decrypt(tlv, 0x86)).toThrow(
      expect.objectContaining({ kind: 'structure' }),
    );
  });
});

/** An `87` with a right MAC around any octets. */
function withMac(data: Buffer): Buffer {
  const covered = Buffer.concat([Buffer.of(0x87, data.length + 8), data]);
  const mac = aesCmac(sessionKeys.macKey, sessionKeys.macChainingValue, covered);
  return Buffer.concat([covered, mac.subarray(0, 8)]);
}

function flip(octets: Buffer, index: number): Buffer {
  const copy = Buffer.from(octets);
  copy[index]! ^= 1;
  return copy;
}
