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
const folderById = 0x01;
const parentFolder = 0x03;
const byPathFromMaster = 0x08;
const byPathFromFolder = 0x09;
const waysToFiles = [byId, folderById, parentFolder, byPathFromMaster, byPathFromFolder];

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
  else if (waysToFiles.includes(p1)) selectFile(channel, p1, data);
  else throw refused('incorrectParameters', 'P1 of SELECT must be 00, 01, 03, 04, 08 or 09');
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
  const isPath = p1 === byPathFromMaster || p1 === byPathFromFolder;
  const isRightLength = isPath ? path.length > 0 && path.length % 2 === 0 : path.length === 2;
  if (p1 === parentFolder ? path.length > 0 : !isRightLength)
    throw refused(
      'wrongLength',
      'a file identifier has 2 octets, and SELECT of the folder above has no data',
    );
  // All files lie directly under the MF, so a path is one identifier, and no folder is above or below another.
  const isInApplication = p1 === byPathFromFolder && channel.application !== undefined;
  const canExist = p1 !== parentFolder && p1 !== folderById && !isInApplication;
  const file = canExist && path.length === 2 ? fileWith(path.readUInt16BE()) : undefined;
  if (!file) throw refused('notFound', `the card has no file ${path.toString('hex')}`);
  channel.application = undefined;
  channel.file = file;
}

const fileWith = (id: number): CardFile | undefined => files.find((each) => each.id === id);
