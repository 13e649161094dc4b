import { decode } from '../../wire/asn1/index.js';
import { editDistance } from '../../base/did-you-mean.js';
import { deriveSessionKeys, OneTimeKeyPair } from '../../profiles/binding/index.js';
import { BoundProfilePackage, PrepareDownloadResponse } from '../../wire/rsp/index.js';
import { membersOf } from './decoded.js';
import { replaceMembers } from './replace-members.js';
import type { ExchangeEntry } from './entry.js';

/**
 * A request body without the confirmation code, and without the hash of that code. Anyone with the hash could guess the
 * code.
 */
export function withoutSecrets(body: Buffer): Buffer {
  const text = body.toString('utf8');
  const shown = replaceMembers(text, (name, value) => {
    if (isConfirmationCode(name)) return '***';
    return name === 'prepareDownloadResponse' && typeof value === 'string' ? withoutHash(value) : undefined;
  });
  return shown === text ? body : Buffer.from(shown);
}

const confirmationCode = 'confirmationcode';

/** Also matches misspelt names of the member. */
const isConfirmationCode = (name: string): boolean =>
  Math.abs(name.length - confirmationCode.length) <= 2 &&
  editDistance(name.toLowerCase(), confirmationCode) <= 2;

/** The same base64 with hashCc set to zeros; `undefined` if the response has no hashCc. */
function withoutHash(encoded: string): string | undefined {
  const octets = Buffer.from(encoded, 'base64');
  const hashCc = hashIn(octets);
  if (!hashCc) return undefined;
  const masked = Buffer.from(octets);
  masked.fill(0, masked.indexOf(hashCc), masked.indexOf(hashCc) + hashCc.length);
  return masked.toString('base64');
}

/** The real hashCc of a request, which {@link withoutSecrets} replaces with zeros. `undefined` if there is none. */
export function hashCcOf(body: Buffer): Buffer | undefined {
  const encoded = membersOf(body)?.['prepareDownloadResponse'];
  return typeof encoded === 'string' ? hashIn(Buffer.from(encoded, 'base64')) : undefined;
}

function hashIn(octets: Buffer): Buffer | undefined {
  const hashCc = signedBy(octets)?.hashCc;
  return hashCc && hashCc.length > 0 ? hashCc : undefined;
}

function signedBy(octets: Buffer) {
  try {
    const response = decode(PrepareDownloadResponse, octets, { lengths: 'definite' });
    return 'downloadResponseOk' in response ? response.downloadResponseOk.euiccSigned2 : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Secrets of an exchange that only the server knows, in upper-case hex: the one-time private key and the session keys derived
 * from it (SGP.22 annex G).
 */
export function secretsOf({ exchange, answer }: ExchangeEntry): Readonly<Record<string, string>> {
  const { secrets, request, facts } = exchange;
  const shown = Object.fromEntries(Object.entries(secrets).map(([name, octets]) => [name, hex(octets)]));
  const scalar = secrets['otSK.DP'];
  if (!scalar || !request || facts.eid === undefined) return shown;
  try {
    const { enc, mac, initialMacChainingValue } = sessionKeys(scalar, request.body, answer.body, facts.eid);
    return {
      ...shown,
      'S-ENC': hex(enc),
      'S-MAC': hex(mac),
      initialMacChainingValue: hex(initialMacChainingValue),
    };
  } catch {
    // A fault made the BPP unreadable.
    return shown;
  }
}

function sessionKeys(scalar: Buffer, request: Buffer, answer: Buffer, eid: string) {
  const octetsOf = (body: Buffer, name: string): Buffer =>
    Buffer.from(membersOf(body)?.[name] as string, 'base64');
  const { euiccOtpk } = signedBy(octetsOf(request, 'prepareDownloadResponse'))!;
  const { initialiseSecureChannelRequest: channel } = decode(
    BoundProfilePackage,
    octetsOf(answer, 'boundProfilePackage'),
  );
  const curve = (['P-256', 'brainpoolP256r1'] as const).find((name) =>
    isPublicHalf(name, scalar, channel.smdpOtpk),
  )!;
  const secret = OneTimeKeyPair.of(curve, scalar).agree(euiccOtpk);
  return deriveSessionKeys(secret, channel.controlRefTemplate.hostId, eid);
}

function isPublicHalf(curve: 'P-256' | 'brainpoolP256r1', scalar: Buffer, point: Buffer): boolean {
  try {
    return OneTimeKeyPair.of(curve, scalar).publicPoint.equals(point);
  } catch {
    return false;
  }
}

const hex = (octets: Buffer): string => octets.toString('hex').toUpperCase();
