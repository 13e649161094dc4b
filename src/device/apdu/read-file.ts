import type { VirtualEuicc } from '../euicc/index.js';
import type { Command } from './command.js';
import { files, type CardFile } from './files.js';
import { CommandRefused, refused } from './status-words.js';

/** READ BINARY (ETSI TS 102 221 11.1.3). */
export function readBinary(
  { p1, p2, le = 256 }: Command,
  selected: CardFile | undefined,
  euicc: VirtualEuicc,
): { file: CardFile; data: Buffer } {
  const bySfi = (p1 & 0x80) !== 0;
  const file = bySfi ? withSfi(p1 & 0x1f) : selected;
  if (!file || file.kind === 'folder') throw refused('noFileSelected', 'no file is selected');
  if (file.kind !== 'transparent')
    throw refused('incompatibleWithFile', 'the file consists of records; use READ RECORD');
  const content = file.content(euicc);
  const offset = bySfi ? p2 : (p1 << 8) | p2;
  if (offset >= content.length)
    throw refused('wrongOffset', `offset ${offset} is beyond the ${content.length} octets of the file`);
  const rest = content.subarray(offset);
  if (le < 256 && le > rest.length)
    throw new CommandRefused(0x6c00 | rest.length, `only ${rest.length} octets are left in the file`);
  return { file, data: rest.subarray(0, le) };
}

/** READ RECORD (ETSI TS 102 221 11.1.5), by absolute number. */
export function readRecord(
  { p1, p2, le = 256 }: Command,
  selected: CardFile | undefined,
): { file: CardFile; data: Buffer } {
  const sfi = p2 >> 3;
  const file = sfi === 0 ? selected : withSfi(sfi);
  if (!file || file.kind === 'folder') throw refused('noFileSelected', 'no file is selected');
  if (file.kind !== 'records')
    throw refused('incompatibleWithFile', 'the file has no records; use READ BINARY');
  if ((p2 & 0x07) !== 0x04)
    throw refused('incorrectParameters', 'P2 of READ RECORD must select a record by its number');
  const record = file.records[p1 - 1];
  if (!record) throw refused('recordNotFound', `record ${p1} does not exist`);
  if (le < 256 && le !== record.length)
    throw new CommandRefused(0x6c00 | record.length, `a record has ${record.length} octets`);
  return { file, data: record };
}

function withSfi(sfi: number): CardFile {
  const file = files.find((each) => each.sfi === sfi);
  if (!file) throw refused('notFound', `no file has the short identifier ${sfi}`);
  return file;
}
