/** A profile package as hex or base64 text. The first octet of a package is A0. */
const hexText = /^(?:0x)?a0[0-9a-f\s]*$/i;
const base64Text = /^[A-Za-z0-9+/_-][A-Za-z0-9+/_\s-]*={0,2}$/;
const headerTag = 0xa0;

/**
 * Decodes a package that is in hex or base64, because tools and mails often pass packages on as text. Returns other content unchanged. The
 * first octet tells the difference: a package in DER begins with A0, and no text does.
 */
export function packageOctets(content: Buffer): Buffer {
  if (content[0] === headerTag || content.length === 0) return content;
  const text = content
    .toString('latin1')
    .replace(/^\xef\xbb\xbf/, '')
    .trim();
  if (hexText.test(text)) {
    const digits = text.replace(/^0x/i, '').replace(/\s/g, '');
    return digits.length % 2 === 0 ? Buffer.from(digits, 'hex') : content;
  }
  if (!base64Text.test(text)) return content;
  const octets = Buffer.from(text, 'base64');
  return octets[0] === headerTag ? octets : content;
}
