/** Status words of the card (ISO 7816-4, ETSI TS 102 221 10.2, GlobalPlatform). */
export const StatusWord = {
  ok: 0x9000,
  memoryProblem: 0x6581,
  wrongLength: 0x6700,
  channelNotOpen: 0x6881,
  secureMessagingNotSupported: 0x6882,
  chainingNotSupported: 0x6884,
  incompatibleWithFile: 0x6981,
  conditionsOfUseNotSatisfied: 0x6985,
  noFileSelected: 0x6986,
  incorrectData: 0x6a80,
  functionNotSupported: 0x6a81,
  notFound: 0x6a82,
  recordNotFound: 0x6a83,
  incorrectParameters: 0x6a86,
  referencedDataNotFound: 0x6a88,
  wrongOffset: 0x6b00,
  unknownInstruction: 0x6d00,
  unknownClass: 0x6e00,
  noPreciseDiagnosis: 0x6f00,
} as const;

/** The card refuses a command with this status word. */
export class CommandRefused extends Error {
  override readonly name = 'CommandRefused';

  constructor(
    readonly statusWord: number,
    message: string,
  ) {
    super(message);
  }
}

/** Makes the error that refuses a command. */
export const refused = (name: keyof typeof StatusWord, message: string): CommandRefused =>
  new CommandRefused(StatusWord[name], message);

/** The two octets of a status word. */
export const statusOctets = (statusWord: number): Buffer => Buffer.of(statusWord >> 8, statusWord & 0xff);
