import { inflateRawSync } from 'node:zlib';
import { PkiError } from './errors.js';

/** Reads the part of the zip format that published sets of certificates use: stored and deflated entries without encryption. */

const endOfDirectory = 0x06054b50;
const directoryEntry = 0x02014b50;

export const isZip = (archive: Buffer): boolean => endAt(archive) >= 0;

/** Maximum number of files in a zip file, and their maximum total size. A set of certificates has only a few hundred small files. */
const mostFiles = 10_000;
const mostOctets = 64 * 1024 * 1024;

interface Limits {
  /** Maximum size of an unpacked entry, in octets. */
  readonly maximumSize: number;
  readonly wanted: (name: string) => boolean;
}

/**
 * Extracts the wanted entries of a zip file.
 *
 * @throws PkiError if the file is damaged, exceeds a limit, or uses an unsupported compression method
 */
export function unzip(archive: Buffer, path: string, limits: Limits): { name: string; content: Buffer }[] {
  try {
    return [...entries(archive, limits)];
  } catch (error) {
    throw new PkiError(`${path} cannot be unpacked: ${(error as Error).message}`, { cause: error });
  }
}

function* entries(
  archive: Buffer,
  { maximumSize, wanted }: Limits,
): Generator<{ name: string; content: Buffer }> {
  const end = endAt(archive);
  const count = archive.readUInt16LE(end + 10);
  if (count > mostFiles)
    throw new Error(`it has ${count} files, but a set of certificates has at most ${mostFiles}`);
  let at = archive.readUInt32LE(end + 16);
  let octets = 0;
  for (let index = 0; index < count; index++) {
    if (archive.readUInt32LE(at) !== directoryEntry) throw new Error('its directory is damaged');
    const method = archive.readUInt16LE(at + 10);
    const packedSize = archive.readUInt32LE(at + 20);
    const nameLength = archive.readUInt16LE(at + 28);
    const name = archive.toString('utf8', at + 46, at + 46 + nameLength);
    const local = archive.readUInt32LE(at + 42);
    const sizeAt = at + 24;
    at += 46 + nameLength + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
    if (!wanted(name) || isHidden(name)) continue;

    const size = archive.readUInt32LE(sizeAt);
    if (size > maximumSize)
      throw new Error(`${name} is ${size} octets unpacked, but the maximum is ${maximumSize}`);
    octets += method === 8 ? size : packedSize;
    if (octets > mostOctets) throw new Error(`its files are more than ${mostOctets} octets unpacked`);

    const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
    const packed = archive.subarray(start, start + packedSize);
    if (method !== 0 && method !== 8) throw new Error(`${name} is packed with method ${method}`);
    yield {
      name,
      content: method === 8 ? inflateRawSync(packed, { maxOutputLength: Math.max(1, size) }) : packed,
    };
  }
}

const isHidden = (name: string): boolean =>
  name.split('/').some((part) => part.startsWith('.') || part === '__MACOSX');

/** Offset of the end record of a zip file. A comment of up to 64 kB may follow it. */
function endAt(archive: Buffer): number {
  for (let at = archive.length - 22; at >= Math.max(0, archive.length - 22 - 0xffff); at--)
    if (archive.readUInt32LE(at) === endOfDirectory) return at;
  return -1;
}
