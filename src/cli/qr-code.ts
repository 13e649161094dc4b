/** The alphanumeric set of QR codes (ISO/IEC 18004, table 5). */
const alphanumeric = /^[0-9A-Z $%*+\-./:]*$/;

/**
 * The activation code as it goes into a QR code: with the address in upper case where that makes the smaller,
 * alphanumeric code possible. The MatchingID is never touched, since its case counts.
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
