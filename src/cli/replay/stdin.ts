import { maxOctets, ReplayFileError } from '../../replay/index.js';

/** Reads all of standard input. @throws ReplayFileError if the input is too long */
export async function contentOfStdin(): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let octets = 0;
  for await (const piece of process.stdin as AsyncIterable<Buffer>) {
    octets += piece.length;
    if (octets > maxOctets) throw new ReplayFileError(`Standard input has more than ${maxOctets} octets.`);
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}
