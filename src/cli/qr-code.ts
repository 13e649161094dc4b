/** The alphanumeric set of QR codes (ISO/IEC 18004, table 5). */
const alphanumeric = /^[0-9A-Z $%*+\-./:]*$/;

/**
 * The text of the QR code. Puts the address in upper case if that allows the smaller alphanumeric code. The MatchingID keeps
 * its case, which matters.
 */
export function qrText(activationCode: string): string {
  const [format = '', address = '', ...rest] = activationCode.split('$');
  const upper = [format, address.toUpperCase(), ...rest].join('$');
  return alphanumeric.test(upper) ? upper : activationCode;
}

/** A QR code of half blocks: black on white on a terminal, without colours elsewhere. */
export async function qrCode(activationCode: string, isTerminal = process.stdout.isTTY): Promise<string> {
  const { default: qrcode } = await import('qrcode');
  const text = qrText(activationCode);
  return isTerminal
    ? qrcode.toString(text, { type: 'terminal', small: true })
    : qrcode.toString(text, { type: 'utf8' });
}
