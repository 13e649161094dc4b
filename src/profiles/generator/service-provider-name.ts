/** EF.SPN (TS 31.102, 4.2.12): one octet of display condition, then the name. */
const SPN_LENGTH = 17;
const nameLength = SPN_LENGTH - 1;

/** The GSM default alphabet (TS 23.038, 6.2.1) by code; code 1B, the escape, stands for no character. */
const gsmAlphabet = Array.from(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\x1bÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?' +
    '¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
const gsmCode = new Map(gsmAlphabet.map((character, code) => [character, code]));
for (const control of ['\n', '\r', '\x1b']) gsmCode.delete(control);

/**
 * A name as EF.SPN has it: one octet for each character where all are in the GSM alphabet, else UCS2 behind an 80
 * (TS 102 221, annex A). `undefined` where it has no such form, or no room.
 */
export function spnOctets(spn: string): Buffer | undefined {
  const codes = Array.from(spn, (character) => gsmCode.get(character));
  const octets = codes.every((code) => code !== undefined) ? Buffer.from(codes) : ucs2(spn);
  return octets && octets.length <= nameLength ? octets : undefined;
}

/** UCS2 has neither surrogates nor control characters. */
function ucs2(text: string): Buffer | undefined {
  if (/[\p{Cc}\p{Cs}\u{10000}-\u{10ffff}]/u.test(text)) return undefined;
  return Buffer.concat([Buffer.of(0x80), Buffer.from(text, 'utf16le').swap16()]);
}

/** EF.SPN: the name is shown in the home network also; FF fill the rest. @param spn has {@link spnOctets} */
export const serviceProviderName = (spn: string): Buffer =>
  Buffer.concat([Buffer.of(0x01), spnOctets(spn)!, Buffer.alloc(SPN_LENGTH, 0xff)], SPN_LENGTH);
