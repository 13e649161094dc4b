import { X509Certificate } from 'node:crypto';
import { setBits, type BitString } from '../../wire/asn1/index.js';
import {
  AuthenticateErrorCode,
  BppCommandId,
  CancelSessionReason,
  DownloadErrorCode,
  ErrorReason,
  IconType,
  iccidFromOctets,
  imeiFromOctets,
  NotificationEvent,
  PprId,
  ProfileClass,
  RspCapability,
  swapNibbles,
  UiccCapability,
} from '../../wire/rsp/index.js';

/** Maximum number of octets to show in full. A longer value is shown as its first octets and its length. */
const longest = 128;

type Names = Readonly<Record<string, number>>;

const enumerations: Readonly<Record<string, Names>> = {
  authenticateErrorCode: AuthenticateErrorCode,
  downloadErrorCode: DownloadErrorCode,
  cancelSessionResponseError: { undefinedError: 127 },
  reason: CancelSessionReason,
  errorReason: ErrorReason,
  bppCommandId: BppCommandId,
  profileClass: ProfileClass,
  iconType: IconType,
};

const bitNames: Readonly<Record<string, Names>> = {
  profileManagementOperation: NotificationEvent,
  rspCapability: RspCapability,
  uiccCapability: UiccCapability,
  forbiddenProfilePolicyRules: PprId,
  profilePolicyRules: PprId,
};

const isVersion = /^(svn|profileVersion|euiccFirmwareVer|ppVersion|.*(Version|Release))$/;
const isCertificate = /Certificate$/;

/**
 * The display form of a decoded value. Octets are upper-case hex, ICCIDs and versions have their usual notation.
 * Numbers and bits have their names from the specification.
 *
 * @param name member name of the value
 */
export function textForm(value: unknown, name = ''): unknown {
  if (Buffer.isBuffer(value)) return octets(value, name);
  if (Array.isArray(value)) return value.map((item) => textForm(item));
  if (typeof value === 'number') return number(value, enumerations[name]);
  if (isBitString(value)) return setBits(value).map((bit) => nameOf(bitNames[name], bit) ?? bit);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, textForm(member, key)]));
}

function octets(value: Buffer, name: string): unknown {
  if (name === 'iccid') return iccidFromOctets(value);
  if (name === 'tac') return swapNibbles(value).toString('hex').toUpperCase();
  if (name === 'imei') return imeiFromOctets(value);
  if (value.length === 3 && isVersion.test(name)) return [...value].join('.');
  if (isCertificate.test(name)) return certificate(value);
  return value.length > longest ? `${hex(value.subarray(0, 16))}… (${value.length} octets)` : hex(value);
}

const hex = (value: Buffer): string => value.toString('hex').toUpperCase();

function certificate(der: Buffer): unknown {
  try {
    const { subject, issuer, serialNumber, validFrom, validTo } = new X509Certificate(der);
    const line = (text: string): string => text.replaceAll('\n', ', ');
    return { subject: line(subject), issuer: line(issuer), serialNumber, validFrom, validTo };
  } catch {
    return `unreadable certificate (${der.length} octets)`;
  }
}

const nameOf = (names: Names | undefined, number: number): string | undefined =>
  names && Object.keys(names).find((name) => names[name] === number);

function number(value: number, names: Names | undefined): number | string {
  const name = nameOf(names, value);
  return name === undefined ? value : `${name} (${value})`;
}

const isBitString = (value: unknown): value is BitString =>
  typeof value === 'object' && value !== null && 'unusedBits' in value && 'octets' in value;
