import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ApduCard } from '../apdu-card.js';
import { CardSharing } from './card-sharing.js';
import { PcscClient } from './client.js';

/** A service as pcscd offers it, with one reader that holds a card. */
export interface PcscService {
  /** The Unix socket. libpcsclite uses it if the environment variable `PCSCLITE_CSOCK_NAME` names it. */
  readonly path: string;
  /** Ends the connections, and removes the socket. */
  close(): Promise<void>;
}

/**
 * Offers a card to programs that use libpcsclite, without pcscd. Start the program with the environment variable
 * `PCSCLITE_CSOCK_NAME` set to {@link PcscService.path}.
 *
 * @param onUse called when a program connects to the service
 * @throws Error of node:fs or node:net if the socket cannot be made
 */
export async function offerOverPcsc(card: ApduCard, onUse?: () => void): Promise<PcscService> {
  const folder = await mkdtemp(join(tmpdir(), 'mock-smdp-'));
  const path = join(folder, 'pcscd.comm');
  const sharing = new CardSharing(card);
  const sockets = new Set<Socket>();
  const clients = new Set<PcscClient>();
  const server = createServer((socket) => {
    onUse?.();
    sockets.add(socket);
    const client = new PcscClient(socket, card, sharing, clients);
    clients.add(client);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      sockets.delete(socket);
      clients.delete(client);
      sharing.leaveAll(client);
    });
  });
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(path, resolve);
    });
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
  return {
    path,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await closed;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
