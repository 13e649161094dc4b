/** Length of EF.SPN (TS 31.102, 4.2.12): one octet for the display condition, then the name. */
const SPN_LENGTH = 17;
const nameLength = SPN_LENGTH - 1;

/** The GSM default alphabet (TS 23.038, 6.2.1), indexed by code. Code 1B is the escape, not a character. */
const gsmAlphabet = Array.from(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\x1bÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?' +
    '¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
const gsmCode = new Map(gsmAlphabet.map((character, code) => [character, code]));
for (const control of ['\n', '\r', '\x1b']) gsmCode.delete(control);

/**
 * Encodes a name for EF.SPN. If all characters are in the GSM alphabet, each takes one octet. Otherwise the encoding is UCS2 after an
 * octet 80 (TS 102 221, annex A). `undefined` if the name cannot be encoded or is too long.
 */
export function spnOctets(spn: string): Buffer | undefined {
  const codes = Array.from(spn, (character) => gsmCode.get(character));
  const octets = codes.every((code) => code !== undefined) ? Buffer.from(codes) : ucs2(spn);
  return octets && octets.length <= nameLength ? octets : undefined;
}

/** Encodes as UCS2. `undefined` if the text has control characters, or characters beyond U+FFFF, which UCS2 lacks. */
function ucs2(text: string): Buffer | undefined {
  if (/[\p{Cc}\p{Cs}\u{10000}-\u{10ffff}]/u.test(text)) return undefined;
  return Buffer.concat([Buffer.of(0x80), Buffer.from(text, 'utf16le').swap16()]);
}

/** EF.SPN, padded with FF. Phones show the name even in the home network. @param spn a name that {@link spnOctets} can encode */
export const serviceProviderName = (spn: string): Buffer =>
  Buffer.concat([Buffer.of(0x01), spnOctets(spn)!, Buffer.alloc(SPN_LENGTH, 0xff)], SPN_LENGTH);
