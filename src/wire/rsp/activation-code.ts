import { addressProblem } from '../../base/address.js';

/** A parsed activation code (SGP.22 4.1). */
export interface ActivationCode {
  /** SM-DP+ address: FQDN, with the port unless the port is 443. */
  readonly smdpAddress: string;
  /** AC_Token. Empty if the server is to find the order by EID. */
  readonly matchingId: string;
  /** SM-DP+ OID that CERT.DPauth must contain. */
  readonly smdpOid?: string | undefined;
  /** Whether the user will be asked for a confirmation code. */
  readonly confirmationCodeRequired?: boolean | undefined;
}

/** Writes `1$…`, without the `LPA:` prefix of QR codes and without trailing empty fields. */
export function formatActivationCode(code: ActivationCode): string {
  const fields = ['1', code.smdpAddress, code.matchingId];
  if (code.smdpOid || code.confirmationCodeRequired) fields.push(code.smdpOid ?? '');
  if (code.confirmationCodeRequired) fields.push('1');
  return fields.join('$');
}

/** The form for QR codes and links: `LPA:1$…`. */
export const activationCodeUri = (code: ActivationCode): string => `LPA:${formatActivationCode(code)}`;

/** An install link of Apple or Android. The activation code is in its query. */
const installLink = /^https:\/\/esimsetup\.(?:apple|android)\.com\/[^?#]{0,200}\?([^#]*)/i;

/** The activation code in an install link or in a percent-encoded text. For any other text, the text itself. */
function codeIn(text: string): string {
  if (text.length > mostText) return text;
  const query = installLink.exec(text)?.[1];
  if (query !== undefined) {
    const code = new URLSearchParams(query).get('carddata');
    if (code === null)
      throw new SyntaxError('install link has no carddata=, which should contain the activation code');
    return code.trim();
  }
  if (!/^(?:LPA(?::|%3A))?1(?:\$|%24)/i.test(text) || !text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    throw new SyntaxError('activation code is percent-encoded, but not in UTF-8');
  }
}

/** The longest text that is searched for a code. A link with a percent-encoded code of 255 characters is far shorter. */
const mostText = 4096;

/**
 * Parses an activation code, with or without the prefix `LPA:` in upper or lower case. The code may be percent-encoded, or be in an
 * install link of Apple or Android. Fields after the fifth are ignored. The AC_Token may have lower-case letters, `_` and `.`, which SGP.22
 * does not allow, because osmo-smdpp's codes have them.
 *
 * @throws SyntaxError that says what is wrong
 */
export function parseActivationCode(text: string): ActivationCode {
  const bare = codeIn(text.trim()).replace(/^LPA:/i, '');
  if (bare.length > 255)
    throw new SyntaxError(`activation code has ${bare.length} characters, at most 255 are allowed`);
  const [format, smdpAddress, matchingId, smdpOid, flag] = bare.split('$');
  if (format !== '1') throw new SyntaxError(`activation code has format '${format}', only '1' is known`);
  if (!smdpAddress) throw new SyntaxError('activation code has no SM-DP+ address');
  const problem = addressProblem(smdpAddress);
  if (problem)
    throw new SyntaxError(
      `activation code has the address '${smdpAddress}', which ${problem.message}; ${problem.remedy}`,
    );
  if (matchingId === undefined)
    throw new SyntaxError('activation code has no AC_Token; write 1$<address>$<token>');
  if (!/^[A-Za-z0-9._-]*$/.test(matchingId)) {
    throw new SyntaxError(
      `activation code has an AC_Token with characters other than letters, digits, '-', '_' and '.': '${matchingId}'`,
    );
  }
  if (smdpOid && !/^[0-2](\.\d+)+$/.test(smdpOid)) {
    throw new SyntaxError(`activation code has an invalid SM-DP+ OID: '${smdpOid}'`);
  }
  return { smdpAddress, matchingId, smdpOid: smdpOid || undefined, confirmationCodeRequired: flag === '1' };
}
