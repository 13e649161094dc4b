import { nextTurn } from '../../base/turns.js';

/** Octets per turn of the event loop. Even if each octet is a line, the work takes only a few milliseconds. */
const slice = 32 * 1024;

/**
 * Yields a file that is in memory, slice by slice, for functions that read a file in chunks. Other work gets its turn
 * between two slices.
 */
export async function* inSlices(octets: Buffer): AsyncGenerator<Buffer, void> {
  for (let at = 0; at < octets.length; at += slice) {
    await nextTurn();
    yield octets.subarray(at, at + slice);
  }
}
