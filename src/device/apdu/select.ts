import type { VirtualEuicc } from '../euicc/index.js';
import { versionOctets } from '../euicc/traits.js';
import { aidLength, applicationWith, controlInformation } from './applications.js';
import type { Command } from './command.js';
import { controlParameters, files, masterFile, type CardFile } from './files.js';
import type { LogicalChannel } from './logical-channel.js';
import { refused } from './status-words.js';

/** Bits of P2 that select the kind of answer and the occurrence. */
const answerBits = 0x0c;
const occurrenceBits = 0x03;
const noAnswer = 0x0c;
const byId = 0x00;
const byAid = 0x04;
const byPathFromMaster = 0x08;

/**
 * SELECT (ETSI TS 102 221 11.1.1): selects an application by its AID or the beginning of the AID, or a file by its
 * identifier or path.
 *
 * @returns FCI or FCP; empty if P2 requests no data
 * @throws CommandRefused: 6A82 if no application or file has that name, 6A86 for wrong parameters, 6700 for a wrong
 * length
 */
export function select(channel: LogicalChannel, command: Command, euicc: VirtualEuicc): Buffer {
  const { p1, p2, data } = command;
  if ((p2 & ~(answerBits | occurrenceBits)) !== 0 || (p2 & answerBits) === 0x08) {
    throw refused('incorrectParameters', 'P2 of SELECT must be 00, 04 or 0C');
  }
  if (p1 === byAid) selectApplication(channel, command);
  else if (p1 === byId || p1 === byPathFromMaster) selectFile(channel, p1, data);
  else throw refused('incorrectParameters', 'P1 of SELECT must be 00, 04 or 08');
  return (p2 & answerBits) === noAnswer ? Buffer.alloc(0) : selectionInformation(channel, euicc);
}

/** What the answers to SELECT and STATUS say about the selected application or file. */
export function selectionInformation({ application, file }: LogicalChannel, euicc: VirtualEuicc): Buffer {
  if (!application) return controlParameters(file, euicc);
  return controlInformation(application, versionOctets(euicc.svn));
}

function selectApplication(channel: LogicalChannel, { p2, data }: Command): void {
  if (data.length < aidLength.min || data.length > aidLength.max)
    throw refused('wrongLength', `an AID has ${aidLength.min} to ${aidLength.max} octets`);
  const application = (p2 & occurrenceBits) === 0 ? applicationWith(data) : undefined;
  if (!application) throw refused('notFound', `the card has no application ${data.toString('hex')}`);
  channel.application = application;
  channel.file = masterFile;
}

function selectFile(channel: LogicalChannel, p1: number, path: Buffer): void {
  const identifier = p1 === byId ? path : path.subarray(-2);
  if (path.length === 0 || path.length % 2 !== 0 || (p1 === byId && path.length !== 2))
    throw refused('wrongLength', 'a file identifier has 2 octets');
  // All files lie directly under the MF, so a path from the MF is one identifier.
  const file = path.length <= 2 || p1 === byId ? fileWith(identifier.readUInt16BE()) : undefined;
  if (!file) throw refused('notFound', `the card has no file ${path.toString('hex')}`);
  channel.application = undefined;
  channel.file = file;
}

const fileWith = (id: number): CardFile | undefined => files.find((each) => each.id === id);
