/**
 * Commands that libpcsclite sends to pcscd (`winscard_msg.h` of pcsc-lite, protocol 4). A message is a header of two
 * 32-bit numbers (length of the body, command) and a C structure. All numbers are little-endian here.
 */
export const PcscCommand = {
  establishContext: 0x01,
  releaseContext: 0x02,
  connect: 0x04,
  reconnect: 0x05,
  disconnect: 0x06,
  beginTransaction: 0x07,
  endTransaction: 0x08,
  transmit: 0x09,
  control: 0x0a,
  status: 0x0b,
  cancel: 0x0d,
  getAttribute: 0x0f,
  setAttribute: 0x10,
  version: 0x11,
  getReaderStates: 0x12,
  waitForChange: 0x13,
  stopWaiting: 0x14,
  getReaderEvents: 0x15,
} as const;

/** Lengths of the structures, in octets. The last four octets of each structure are the result. */
export const bodyLengths: ReadonlyMap<number, number> = new Map([
  [PcscCommand.establishContext, 12],
  [PcscCommand.releaseContext, 8],
  [PcscCommand.connect, 152],
  [PcscCommand.reconnect, 24],
  [PcscCommand.disconnect, 12],
  [PcscCommand.beginTransaction, 8],
  [PcscCommand.endTransaction, 12],
  [PcscCommand.transmit, 32],
  [PcscCommand.control, 24],
  [PcscCommand.status, 8],
  [PcscCommand.cancel, 8],
  [PcscCommand.getAttribute, 280],
  [PcscCommand.setAttribute, 280],
  [PcscCommand.version, 12],
  [PcscCommand.getReaderStates, 0],
  [PcscCommand.waitForChange, 0],
  [PcscCommand.stopWaiting, 0],
  [PcscCommand.getReaderEvents, 0],
]);

/** Results of PC/SC functions (`pcsclite.h`). */
export const PcscResult = {
  success: 0,
  cancelled: 0x80100002,
  invalidHandle: 0x80100003,
  invalidParameter: 0x80100004,
  insufficientBuffer: 0x80100008,
  unknownReader: 0x80100009,
  sharingViolation: 0x8010000b,
  protocolMismatch: 0x8010000f,
  notTransacted: 0x80100016,
  serviceStopped: 0x8010001e,
  unsupportedFeature: 0x8010001f,
} as const;

/**
 * A command of libpcsclite. `data`: the octets that come after the structure in a `transmit` or `control` message; empty for other
 * commands.
 */
export interface PcscRequest {
  readonly command: number;
  readonly body: Buffer;
  readonly data: Buffer;
}

/** A message that pcscd would not accept either. The connection must be closed. */
export class MalformedPcscMessage extends Error {
  override readonly name = 'MalformedPcscMessage';
}

/** pcscd accepts at most this many octets of data: an extended APDU. */
const longestData = 4 + 3 + (1 << 16) + 3;
const headerLength = 8;
const none = Buffer.alloc(0);

/** Cuts a stream of octets into requests. */
export class PcscRequestReader {
  #rest: Buffer = none;

  /**
   * Adds octets of the stream. Returns the requests that are complete now.
   *
   * @throws MalformedPcscMessage
   */
  push(octets: Buffer): PcscRequest[] {
    this.#rest = Buffer.concat([this.#rest, octets]);
    const requests: PcscRequest[] = [];
    for (let request = this.#next(); request; request = this.#next()) requests.push(request);
    return requests;
  }

  #next(): PcscRequest | undefined {
    if (this.#rest.length < headerLength) return undefined;
    const length = this.#rest.readUInt32LE(0);
    const command = this.#rest.readUInt32LE(4);
    if (bodyLengths.get(command) !== length)
      throw new MalformedPcscMessage(`command ${command} with a body of ${length} octets`);
    const end = headerLength + length;
    if (this.#rest.length < end) return undefined;
    const body = Buffer.from(this.#rest.subarray(headerLength, end));
    const dataLength = lengthOfData(command, body);
    if (this.#rest.length < end + dataLength) return undefined;
    const data = this.#rest.subarray(end, end + dataLength);
    this.#rest = this.#rest.subarray(end + dataLength);
    return { command, body, data };
  }
}

function lengthOfData(command: number, body: Buffer): number {
  let length = 0;
  if (command === PcscCommand.transmit) length = body.readUInt32LE(12);
  if (command === PcscCommand.control) length = body.readUInt32LE(8);
  if (length > longestData)
    throw new MalformedPcscMessage(`command ${command} with ${length} octets of data`);
  return length;
}

/** pcscd always describes 16 readers. Unused places are zero. */
const places = 16;
const placeLength = 184;
const nameLength = 128;

/** Bits of `readerState`. */
const State = { present: 0x04, powered: 0x10, negotiable: 0x20 } as const;

/** The protocol T=0. */
export const protocolT0 = 1;

/**
 * The list of readers: one reader, with a card.
 *
 * @param sharing 0: no program uses the card; -1: one program has the card to itself; otherwise the number of programs
 */
export function readerStates(name: string, atr: Buffer, sharing: number): Buffer {
  const states = Buffer.alloc(places * placeLength);
  states.write(name, 0, nameLength - 1, 'latin1');
  states.writeUInt32LE(State.present | State.powered | State.negotiable, 132);
  states.writeInt32LE(sharing, 136);
  atr.copy(states, 140);
  states.writeUInt32LE(atr.length, 176);
  states.writeUInt32LE(protocolT0, 180);
  return states;
}

/** The name of the reader in a `connect` request. */
export function readerNameOf(body: Buffer): string {
  const name = body.subarray(4, 4 + nameLength).toString('latin1');
  const end = name.indexOf('\0');
  return end < 0 ? name : name.slice(0, end);
}
