import { tlv } from '../../wire/asn1/index.js';
import { eidToOctets } from '../../wire/rsp/index.js';
import { PowerLossError, StateFileError, type VirtualEuicc } from '../euicc/index.js';
import { allAccessRules, configuration, easyEuicc, refreshTag } from './access-rules.js';
import { answerToReset } from './answer-to-reset.js';
import { hex, highestChannel, readCommand, type Command } from './command.js';
import { callEs10 } from './es10/call-es10.js';
import { LogicalChannel } from './logical-channel.js';
import { readBinary, readRecord } from './read-file.js';
import { select, selectionInformation } from './select.js';
import { CommandRefused, refused, StatusWord, statusOctets } from './status-words.js';
import { checkTerminalCapability } from './terminal-capability.js';

/** Options of {@link ApduCard}. */
export interface ApduCardOptions {
  /**
   * SHA-1 or SHA-256 hashes (hex) of the certificates of Android programs that may use the ISD-R. Default: the hash of
   * EasyEUICC.
   */
  readonly accessRules?: readonly string[] | undefined;
  /**
   * Called after each command, for logs. `reason` says why the card refused the command, or why the eUICC refused the
   * server or its package.
   */
  readonly onExchange?: ((command: Buffer, response: Buffer, reason: string | undefined) => void) | undefined;
  /** Called with an error of the machine, for example a full disk. The card itself can only answer 6581 or 6F00. */
  readonly onTrouble?: ((error: Error) => void) | undefined;
}

const none = Buffer.alloc(0);

/** Tags of GET DATA. */
const DataTag = { eid: 0x005a, accessRules: 0xff40, refreshTag: 0xdf20, configuration: 0xdf21 } as const;

/** Instructions that the card knows (ISO 7816-4, ETSI TS 102 221, GlobalPlatform). */
const Instruction = {
  terminalProfile: 0x10,
  manageChannel: 0x70,
  select: 0xa4,
  terminalCapability: 0xaa,
  readBinary: 0xb0,
  readRecord: 0xb2,
  getResponse: 0xc0,
  getData: 0xca,
  storeData: 0xe2,
  status: 0xf2,
} as const;

/**
 * A virtual eUICC as a card: it answers command APDUs with response APDUs (SGP.22 5.7.2, ISO 7816-4, ETSI TS 102 221). It has
 * the ISD-R, the ECASD, an ARA-M, and the files MF, EF.DIR and EF.ICCID. It answers any input with a status word, and never
 * throws.
 *
 * @example
 *     const card = new ApduCard(createVirtualDevice({ material: 'certs' }).euicc);
 *     card.transmit(Buffer.from('00A4040010A0000005591010FFFFFFFF8900000100', 'hex')); // 6121
 */
export class ApduCard {
  readonly #euicc: VirtualEuicc;
  readonly #options: ApduCardOptions;
  #channels = new Map<number, LogicalChannel>();
  /** Why the eUICC refused the server or its package during the current command. */
  #refusal: string | undefined;

  constructor(euicc: VirtualEuicc, options: ApduCardOptions = {}) {
    this.#euicc = euicc;
    this.#options = options;
    this.reset();
  }

  /** Answer to reset. */
  get atr(): Buffer {
    return answerToReset;
  }

  /** 32 digits. */
  get eid(): string {
    return this.#euicc.eid;
  }

  /**
   * Resets the card, or switches its power off and on. The card closes the logical channels and forgets its RSP
   * session. A profile that was not completely loaded is lost.
   */
  reset(): void {
    this.#channels = new Map([[0, new LogicalChannel()]]);
    this.#euicc.powerCycle();
  }

  /**
   * Answers a command APDU. The response ends with a status word. If the card simulates a power failure
   * (`powerLossAtUnit`), the response is empty and the card starts again.
   */
  transmit(command: Buffer): Buffer {
    const [response, reason] = this.#answer(command);
    this.#options.onExchange?.(command, response, reason);
    return response;
  }

  #answer(octets: Buffer): [response: Buffer, reason: string | undefined] {
    this.#refusal = undefined;
    try {
      return [this.#perform(readCommand(octets)), this.#refusal];
    } catch (error) {
      if (error instanceof CommandRefused) return [statusOctets(error.statusWord), error.message];
      if (error instanceof PowerLossError) return [this.#losePower(), error.message];
      this.#options.onTrouble?.(error as Error);
      // Only errors of the operating system have a code, for example ENOSPC.
      const isMemory = error instanceof StateFileError || 'code' in (error as Error);
      const statusWord = StatusWord[isMemory ? 'memoryProblem' : 'noPreciseDiagnosis'];
      return [statusOctets(statusWord), (error as Error).message];
    }
  }

  #losePower(): Buffer {
    this.reset();
    return none;
  }

  #perform(command: Command): Buffer {
    const channel = this.#channels.get(command.channel);
    if (!channel) throw refused('channelNotOpen', `logical channel ${command.channel} is not open`);
    if (command.ins === Instruction.getResponse) return this.#getResponse(channel, command);
    channel.pending = none;
    if (command.ins !== Instruction.storeData) channel.storeData.clear();
    return this.#deliver(channel, command.le, this.#dataFor(channel, command));
  }

  #dataFor(channel: LogicalChannel, command: Command): Buffer {
    const { ins, isProprietary } = command;
    switch (ins) {
      case Instruction.manageChannel:
        if (!isProprietary) return this.#manageChannel(channel, command);
        break;
      case Instruction.select:
        if (!isProprietary) return select(channel, command, this.#euicc);
        break;
      case Instruction.readBinary:
      case Instruction.readRecord:
        if (!isProprietary && !channel.application) return this.#read(channel, command);
        break;
      case Instruction.getData:
        if (channel.application) return this.#getData(channel, command);
        break;
      case Instruction.storeData:
        if (isProprietary && channel.application) return this.#storeData(channel, command);
        break;
      case Instruction.status:
        if (isProprietary) return this.#status(channel, command);
        break;
      case Instruction.terminalCapability:
        if (isProprietary) return checkTerminalCapability(command);
        break;
      case Instruction.terminalProfile:
        if (isProprietary) return none;
        break;
    }
    throw refused('unknownInstruction', `the card has no instruction ${hex(ins)}`);
  }

  /** Returns up to Le octets of the data, and keeps the rest for GET RESPONSE. */
  #deliver(channel: LogicalChannel, le: number | undefined, data: Buffer): Buffer {
    if (data.length === 0) return statusOctets(StatusWord.ok);
    const now = data.subarray(0, le ?? 0);
    channel.pending = data.subarray(now.length);
    const left = channel.pending.length;
    return Buffer.concat([now, left === 0 ? statusOctets(StatusWord.ok) : moreData(left)]);
  }

  #getResponse(channel: LogicalChannel, { p1, p2, data, le }: Command): Buffer {
    if (p1 !== 0 || p2 !== 0) throw refused('incorrectParameters', 'P1 and P2 of GET RESPONSE must be 00');
    if (data.length > 0 || le === undefined)
      throw refused('wrongLength', 'GET RESPONSE must have Le and no data');
    const { pending } = channel;
    if (pending.length === 0) throw refused('conditionsOfUseNotSatisfied', 'there is no response to get');
    if (le < 256 && le > pending.length)
      throw new CommandRefused(0x6c00 | pending.length, `the response has ${pending.length} octets`);
    return this.#deliver(channel, le, pending);
  }

  /** MANAGE CHANNEL (ETSI TS 102 221 11.1.17). */
  #manageChannel(origin: LogicalChannel, { p1, p2, data }: Command): Buffer {
    if (data.length > 0) throw refused('wrongLength', 'MANAGE CHANNEL has no data');
    if (p1 === 0x00) return this.#openChannel(origin, p2);
    if (p1 !== 0x80) throw refused('incorrectParameters', 'P1 of MANAGE CHANNEL must be 00 or 80');
    if (p2 === 0 || p2 > highestChannel)
      throw refused('incorrectParameters', `logical channel ${p2} cannot be closed`);
    if (!this.#channels.delete(p2)) throw refused('channelNotOpen', `logical channel ${p2} is not open`);
    return none;
  }

  /**
   * A channel that is opened from the basic channel begins with the MF. A channel that is opened from another channel begins with
   * the application of that channel.
   */
  #openChannel(origin: LogicalChannel, wanted: number): Buffer {
    if (wanted > highestChannel)
      throw refused('incorrectParameters', `there is no logical channel ${wanted}`);
    const free = Array.from({ length: highestChannel }, (_, index) => index + 1).filter(
      (number) => !this.#channels.has(number),
    );
    const number = wanted === 0 ? free[0] : free.find((each) => each === wanted);
    if (number === undefined)
      throw refused('functionNotSupported', 'the requested logical channel is not free');
    const isBasic = origin === this.#channels.get(0);
    this.#channels.set(number, new LogicalChannel(isBasic ? undefined : origin.application));
    return wanted === 0 ? Buffer.of(number) : none;
  }

  #read(channel: LogicalChannel, command: Command): Buffer {
    const { file, data } =
      command.ins === Instruction.readBinary
        ? readBinary(command, channel.file, this.#euicc)
        : readRecord(command, channel.file);
    channel.file = file;
    return data;
  }

  /** GET DATA (GlobalPlatform 11.3): the ECASD returns the EID, the ARA-M returns the access rules. */
  #getData({ application }: LogicalChannel, { p1, p2 }: Command): Buffer {
    const tag = (p1 << 8) | p2;
    if (application?.name === 'ECASD' && tag === DataTag.eid) return tlv(0x5a, eidToOctets(this.#euicc.eid));
    if (application?.name === 'ARA-M' && tag === DataTag.accessRules) {
      return allAccessRules(this.#options.accessRules ?? [easyEuicc]);
    }
    if (application?.name === 'ARA-M' && tag === DataTag.refreshTag) return refreshTag;
    if (application?.name === 'ARA-M' && tag === DataTag.configuration) return configuration;
    throw refused('referencedDataNotFound', `${application?.name} has no data ${hex(p1)}${hex(p2)}`);
  }

  #storeData(channel: LogicalChannel, command: Command): Buffer {
    if (channel.application?.name !== 'ISD-R') {
      throw refused(
        'conditionsOfUseNotSatisfied',
        'only the ISD-R accepts STORE DATA without a secure channel',
      );
    }
    const request = channel.storeData.take(command);
    if (!request) return none;
    const { response, refusal } = callEs10(this.#euicc, request);
    this.#refusal = refusal;
    return response;
  }

  /** STATUS (ETSI TS 102 221 11.1.2). */
  #status(channel: LogicalChannel, { p1, p2 }: Command): Buffer {
    if (p1 > 2) throw refused('incorrectParameters', 'P1 of STATUS must be 00, 01 or 02');
    if (p2 === 0x0c) return none;
    if (p2 > 1) throw refused('incorrectParameters', 'P2 of STATUS must be 00, 01 or 0C');
    if (p2 === 1) return channel.application ? tlv(0x84, channel.application.aid) : none;
    return selectionInformation(channel, this.#euicc);
  }
}

/** `61xx`: xx octets wait for GET RESPONSE. 00 stands for 256 or more. */
const moreData = (count: number): Buffer => Buffer.of(0x61, count < 256 ? count : 0);
