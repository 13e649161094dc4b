import { refused } from './status-words.js';

/** A command APDU. */
export interface Command {
  /** Logical channel, 0 to 19. */
  readonly channel: number;
  /** True: a class of GlobalPlatform and ETSI (8x, Cx). False: a class of ISO 7816 (0x, 4x). */
  readonly isProprietary: boolean;
  readonly ins: number;
  readonly p1: number;
  readonly p2: number;
  readonly data: Buffer;
  /** Maximum number of octets in the answer, 1 to 256. `undefined` if the command has no Le. */
  readonly le: number | undefined;
}

/** Number of the highest logical channel. */
export const highestChannel = 19;

/**
 * Reads a command APDU. Only short lengths are supported.
 *
 * @throws CommandRefused: 6700 for a wrong length, 6E00 for an unknown class, 6882 for secure messaging, 6884 for chaining
 */
export function readCommand(octets: Buffer): Command {
  const [cla, ins, p1, p2] = octets;
  if (cla === undefined || ins === undefined || p1 === undefined || p2 === undefined) {
    throw refused('wrongLength', `the command has ${octets.length} octets; it needs at least 4`);
  }
  return { ...classOf(cla), ins, p1, p2, ...bodyOf(octets) };
}

function classOf(cla: number): Pick<Command, 'channel' | 'isProprietary'> {
  const isProprietary = (cla & 0x80) !== 0;
  const isFurther = (cla & 0x40) !== 0;
  if (cla === 0xff || (!isFurther && (cla & 0x20) !== 0)) throw refused('unknownClass', `class ${hex(cla)}`);
  if ((cla & (isFurther ? 0x20 : 0x0c)) !== 0) {
    throw refused('secureMessagingNotSupported', `class ${hex(cla)} asks for secure messaging`);
  }
  if ((cla & 0x10) !== 0) throw refused('chainingNotSupported', `class ${hex(cla)} asks for chaining`);
  return { isProprietary, channel: isFurther ? 4 + (cla & 0x0f) : cla & 0x03 };
}

function bodyOf(octets: Buffer): Pick<Command, 'data' | 'le'> {
  const none = Buffer.alloc(0);
  const body = octets.subarray(4);
  const [first] = body;
  if (first === undefined) return { data: none, le: undefined };
  if (body.length === 1) return { data: none, le: first || 256 };
  const rest = body.length - 1 - first;
  if (first === 0 || rest < 0 || rest > 1) {
    const announced = first === 0 ? 'an extended length' : `Lc ${first}`;
    throw refused('wrongLength', `the command announces ${announced}, and ${body.length - 1} octets follow`);
  }
  return {
    data: body.subarray(1, 1 + first),
    le: rest === 1 ? body[1 + first]! || 256 : undefined,
  };
}

export const hex = (octet: number): string => octet.toString(16).toUpperCase().padStart(2, '0');
