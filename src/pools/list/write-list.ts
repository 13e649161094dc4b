import { hostOf } from '../../base/address.js';
import { CodeListError } from './errors.js';
import { mostCodes, oneListPerProvider, type ListedCode } from './code-list.js';
import { isFullyQualified } from './host-name.js';

type Code = Pick<ListedCode, 'iccid' | 'matchingId'>;

/**
 * Writes a list in the format of Intune: lines end with LF, without byte order mark, header or trailing commas.
 *
 * @param smdpAddress `host` or `host:port`; the list has only the host, because MDM systems accept no port
 * @throws CodeListError for more codes than one list may have
 */
export function writeCodeList(smdpAddress: string, codes: readonly Code[]): string {
  if (codes.length > mostCodes)
    throw new CodeListError([
      {
        line: mostCodes + 2,
        field: 'row',
        message: `there are ${codes.length} codes, but an MDM system accepts only ${mostCodes} in one list`,
        remedy: `split them, with a separate tenant for each part: ${oneListPerProvider}`,
      },
    ]);
  return [hostOf(smdpAddress), ...codes.map(({ iccid, matchingId }) => `${iccid},${matchingId}`), ''].join(
    '\n',
  );
}

/** Splits codes into parts that each fit into one list. */
export function splitCodes<T>(codes: readonly T[], most = mostCodes): readonly (readonly T[])[] {
  const parts = Array.from({ length: Math.ceil(codes.length / most) }, (_, part) =>
    codes.slice(part * most, (part + 1) * most),
  );
  return parts.length === 0 ? [[]] : parts;
}

/** Features of the SM-DP+ address that an MDM system may not accept, one sentence each. */
export function addressRemarks(smdpAddress: string): string[] {
  const host = hostOf(smdpAddress);
  return [
    ...(isFullyQualified(host)
      ? []
      : [`${host} is not fully qualified: devices of an MDM system will not find it`]),
    ...(host === smdpAddress ? [] : [`the list has ${host} without the port: devices will use port 443`]),
  ];
}
