/** In ASCII only: a Kelvin sign is a different letter in a host name, although its lower case is a k. */
const lowerCase = (text: string): string => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());

/** Host and port of `host`, `host:port` or `[v6]:port`; the host in lower case. */
function split(address: string): { host: string; port: string | undefined } {
  const match = /^(?<host>\[[^\]]*\]|[^:]*)(?::(?<port>\d{1,5}))?$/.exec(address);
  return { host: lowerCase(match?.groups?.['host'] ?? address), port: match?.groups?.['port'] };
}

/**
 * Whether a device that asks for `asked` means the server known as `own`: host names are compared without regard to case,
 * ports only where both name one, since devices send the address with or without it.
 */
export function isSameAddress(own: string, asked: string): boolean {
  const [mine, theirs] = [split(own), split(asked)];
  return mine.host === theirs.host && (!mine.port || !theirs.port || mine.port === theirs.port);
}
