import { isUtf8 } from 'node:buffer';

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
  const text = textOf(content);
  if (hexText.test(text)) {
    const digits = text.replace(/^0x/i, '').replace(/\s/g, '');
    return digits.length % 2 === 0 ? Buffer.from(digits, 'hex') : content;
  }
  if (!base64Text.test(text)) return content;
  const octets = Buffer.from(text, 'base64');
  return octets[0] === headerTag ? octets : content;
}

const textOf = (content: Buffer): string =>
  content
    .toString('latin1')
    .replace(/^\xef\xbb\xbf/, '')
    .trim();

/** Why octets are obviously no package: they are empty, or text that {@link packageOctets} cannot decode. */
export function problemOfContent(content: Buffer): string | undefined {
  if (content.length === 0) return 'the package is empty';
  if (content[0] === headerTag || !isText(content)) return undefined;
  return hexText.test(textOf(content))
    ? 'this is text: the hex of a package, but with an odd number of digits'
    : 'this is text, but neither the hex nor the base64 of a package';
}

/** Whether content is text: UTF-8 without control characters other than tab, line feed, form feed and carriage return. */
const isText = (content: Buffer): boolean =>
  isUtf8(content) && content.every((octet) => octet >= 0x20 || [0x09, 0x0a, 0x0c, 0x0d].includes(octet));
