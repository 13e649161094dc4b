/** The alphanumeric set of QR codes (ISO/IEC 18004, table 5). */
const alphanumeric = /^[0-9A-Z $%*+\-./:]*$/;

/**
 * The text of the QR code. Puts the address into upper case if this allows the smaller alphanumeric code. Never changes
 * the MatchingID, because its case matters.
 */
export function qrText(activationCode: string): string {
  const [format = '', address = '', ...rest] = activationCode.split('$');
  const upper = [format, address.toUpperCase(), ...rest].join('$');
  return alphanumeric.test(upper) ? upper : activationCode;
}

/** A QR code made of half blocks. On a terminal it is black on white, elsewhere it has no colours. */
export async function qrCode(activationCode: string, isTerminal = process.stdout.isTTY): Promise<string> {
  const { default: qrcode } = await import('qrcode');
  const text = qrText(activationCode);
  return isTerminal
    ? qrcode.toString(text, { type: 'terminal', small: true })
    : qrcode.toString(text, { type: 'utf8' });
}
