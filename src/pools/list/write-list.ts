import { hostOf } from '../../base/address.js';
import { CodeListError } from './errors.js';
import { mostCodes, oneListPerProvider, type ListedCode } from './code-list.js';
import { isFullyQualified } from './host-name.js';

type Code = Pick<ListedCode, 'iccid' | 'matchingId'>;

/**
 * Writes a list as Intune takes it: lines end with LF, no byte order mark, no header, no comma at the end.
 *
 * @param smdpAddress `host` or `host:port`; the port is left out, since MDM systems know none
 * @throws CodeListError for more codes than one list may have
 */
export function writeCodeList(smdpAddress: string, codes: readonly Code[]): string {
  if (codes.length > mostCodes)
    throw new CodeListError([
      {
        line: mostCodes + 2,
        field: 'row',
        message: `there are ${codes.length} codes, of which an MDM system takes ${mostCodes} in one list`,
        remedy: `split them, each part for a tenant of its own: ${oneListPerProvider}`,
      },
    ]);
  return [hostOf(smdpAddress), ...codes.map(({ iccid, matchingId }) => `${iccid},${matchingId}`), ''].join(
    '\n',
  );
}

/** Parts of at most as many codes as one list may have. */
export function splitCodes<T>(codes: readonly T[], most = mostCodes): readonly (readonly T[])[] {
  const parts = Array.from({ length: Math.ceil(codes.length / most) }, (_, part) =>
    codes.slice(part * most, (part + 1) * most),
  );
  return parts.length === 0 ? [[]] : parts;
}

/** What an MDM system will not like about the SM-DP+ address, one sentence each. */
export function addressRemarks(smdpAddress: string): string[] {
  const host = hostOf(smdpAddress);
  return [
    ...(isFullyQualified(host)
      ? []
      : [`${host} is not fully qualified: devices of an MDM system will not find it`]),
    ...(host === smdpAddress ? [] : [`the list says ${host} without the port: devices will ask on port 443`]),
  ];
}
