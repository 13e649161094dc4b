import type { Socket } from 'node:net';
import type { ApduCard } from '../apdu-card.js';
import { ShareMode, type CardSharing } from './card-sharing.js';
import {
  MalformedPcscMessage,
  PcscCommand,
  PcscRequestReader,
  PcscResult,
  protocolT0,
  readerNameOf,
  readerStates,
  type PcscRequest,
} from './messages.js';

/** The name of the reader that programs see. */
export const readerName = 'mock-smdp virtual eUICC 00 00';

/**
 * The versions of pcscd's protocol that {@link PcscClient} speaks. pcsc-lite 2.3 accepts only 4:5; later releases accept
 * 4:4 too.
 */
const version = { major: 4, oldestMinor: 3, newestMinor: 5, minorForNewer: 4 } as const;

/** The attribute SCARD_ATTR_ATR_STRING. */
const atrString = 0x90303;
const longestAttribute = 264;

const none = Buffer.alloc(0);
let lastContext = 0;

/** One connection of libpcsclite: a context of PC/SC. */
export class PcscClient {
  readonly #socket: Socket;
  readonly #card: ApduCard;
  readonly #sharing: CardSharing;
  readonly #others: ReadonlySet<PcscClient>;
  #context = 0;
  #isWaiting = false;

  constructor(socket: Socket, card: ApduCard, sharing: CardSharing, others: ReadonlySet<PcscClient>) {
    this.#socket = socket;
    this.#card = card;
    this.#sharing = sharing;
    this.#others = others;
    const reader = new PcscRequestReader();
    socket.on('data', (octets: Buffer) => {
      try {
        for (const request of reader.push(octets)) this.#send(this.#answer(request));
      } catch (error) {
        if (!(error instanceof MalformedPcscMessage)) throw error;
        socket.destroy();
      }
    });
  }

  #send(answer: Buffer): void {
    if (answer.length > 0 && this.#socket.writable) this.#socket.write(answer);
  }

  #answer(request: PcscRequest): Buffer {
    const { command, body } = request;
    switch (command) {
      case PcscCommand.version:
        return checkVersion(body);
      case PcscCommand.establishContext:
        this.#context = ++lastContext;
        body.writeUInt32LE(this.#context, 4);
        return finished(body, PcscResult.success);
      case PcscCommand.releaseContext:
        this.#sharing.leaveAll(this);
        return finished(body, PcscResult.success);
      case PcscCommand.getReaderStates:
        return this.#states();
      case PcscCommand.waitForChange:
        this.#isWaiting = true;
        return this.#states();
      case PcscCommand.stopWaiting:
        return this.#stopWaiting(PcscResult.success);
      case PcscCommand.getReaderEvents:
        return Buffer.alloc(8);
      case PcscCommand.cancel:
        return finished(body, this.#cancel(body.readUInt32LE(0)));
      case PcscCommand.connect:
        return this.#connect(body);
      default:
        return this.#useCard(request);
    }
  }

  /**
   * The states of the readers. The states never change, because the card never leaves its reader. So a program that
   * waits for a change waits until the wait is cancelled.
   */
  #states(): Buffer {
    return readerStates(readerName, this.#card.atr, this.#sharing.count);
  }

  #stopWaiting(result: number): Buffer {
    if (!this.#isWaiting) return none;
    this.#isWaiting = false;
    return finished(Buffer.alloc(8), result);
  }

  #cancel(context: number): number {
    const target = [...this.#others].find((other) => other.#context === context);
    if (target === undefined || !target.#isWaiting) return PcscResult.invalidHandle;
    target.#send(target.#stopWaiting(PcscResult.cancelled));
    return PcscResult.success;
  }

  #connect(body: Buffer): Buffer {
    if (readerNameOf(body) !== readerName) return finished(body, PcscResult.unknownReader);
    const mode = body.readUInt32LE(132);
    const protocol = chosenProtocol(mode, body.readUInt32LE(136));
    if (protocol === undefined) return finished(body, PcscResult.protocolMismatch);
    const handle = this.#sharing.enter(this, mode);
    if (handle === undefined) return finished(body, PcscResult.sharingViolation);
    body.writeUInt32LE(handle, 140);
    body.writeUInt32LE(protocol, 144);
    return finished(body, PcscResult.success);
  }

  #useCard({ command, body, data }: PcscRequest): Buffer {
    const handle = body.readUInt32LE(0);
    const allowed = this.#sharing.check(this, handle);
    if (allowed !== PcscResult.success) return finished(body, allowed);
    switch (command) {
      case PcscCommand.transmit:
        return this.#transmit(body, data);
      case PcscCommand.reconnect:
        return this.#reconnect(body);
      case PcscCommand.disconnect:
        this.#sharing.leave(handle, body.readUInt32LE(4));
        return finished(body, PcscResult.success);
      case PcscCommand.beginTransaction:
        this.#sharing.lock(handle);
        return finished(body, PcscResult.success);
      case PcscCommand.endTransaction:
        this.#sharing.unlock(body.readUInt32LE(4));
        return finished(body, PcscResult.success);
      case PcscCommand.status:
        return finished(body, PcscResult.success);
      case PcscCommand.getAttribute:
        return this.#getAttribute(body);
      default:
        return finished(body, PcscResult.unsupportedFeature);
    }
  }

  #transmit(body: Buffer, command: Buffer): Buffer {
    const response = this.#card.transmit(command);
    // The card has lost its power.
    if (response.length === 0) return finished(body, PcscResult.notTransacted);
    if (response.length > body.readUInt32LE(24)) return finished(body, PcscResult.insufficientBuffer);
    body.writeUInt32LE(response.length, 24);
    return Buffer.concat([finished(body, PcscResult.success), response]);
  }

  #reconnect(body: Buffer): Buffer {
    const protocol = chosenProtocol(body.readUInt32LE(4), body.readUInt32LE(8));
    if (protocol === undefined) return finished(body, PcscResult.protocolMismatch);
    this.#sharing.reset(body.readUInt32LE(12));
    body.writeUInt32LE(protocol, 16);
    return finished(body, PcscResult.success);
  }

  #getAttribute(body: Buffer): Buffer {
    if (body.readUInt32LE(4) !== atrString) return finished(body, PcscResult.unsupportedFeature);
    body.fill(0, 8, 8 + longestAttribute);
    body.writeUInt32LE(this.#card.atr.copy(body, 8), 8 + longestAttribute);
    return finished(body, PcscResult.success);
  }
}

/** Writes the result into the structure of the request, which is sent back as the answer. */
function finished(body: Buffer, result: number): Buffer {
  body.writeUInt32LE(result, body.length - 4);
  return body;
}

/**
 * The protocol of the connection: T=0, the only protocol of the card. A program that uses only the reader (`direct`)
 * needs no protocol.
 */
function chosenProtocol(mode: number, preferred: number): number | undefined {
  if ((preferred & protocolT0) !== 0) return protocolT0;
  return mode === ShareMode.direct ? 0 : undefined;
}

function checkVersion(body: Buffer): Buffer {
  const minor = body.readUInt32LE(4);
  const isKnown = body.readUInt32LE(0) === version.major && minor >= version.oldestMinor;
  body.writeUInt32LE(version.major, 0);
  body.writeUInt32LE(isKnown && minor <= version.newestMinor ? minor : version.minorForNewer, 4);
  return finished(body, isKnown ? PcscResult.success : PcscResult.serviceStopped);
}
