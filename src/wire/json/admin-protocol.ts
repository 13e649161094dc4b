/** The version of SGP.22 that this server speaks. */
const ownVersion = [2, 5, 0] as const;

/**
 * The X-Admin-Protocol header of an answer (SGP.22 6.5.1.1): the requested version, if it is a version 2 that is older than the server's.
 * Otherwise the server's own version.
 */
export function answeredProtocol(asked: string | string[] | undefined): string {
  const match = /^gsma\/rsp\/v(\d{1,3})\.(\d{1,3})\.(\d{1,3})/.exec(String(asked));
  const version = match ? match.slice(1).map(Number) : ownVersion;
  const isOlder = version[0] === ownVersion[0] && version[1] < ownVersion[1];
  return `gsma/rsp/v${(isOlder ? version : ownVersion).join('.')}`;
}
