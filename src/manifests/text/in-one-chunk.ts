/** Yields a file that is in memory, for functions that read a file chunk by chunk. */
export async function* inOneChunk(octets: Buffer): AsyncGenerator<Buffer, void> {
  yield octets;
}
