import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { ApduCard } from '../apdu-card.js';
import { answerFrames } from './answer-frames.js';

/** The address at which the first slot of vpcd listens for cards. */
export const defaultVpcd = { host: 'localhost', port: 35_963 } as const;

/** Options of {@link insertIntoVpcd}. */
export interface VpcdOptions {
  readonly host: string;
  /** vpcd's first slot listens on 35963, its second on 35964. */
  readonly port: number;
  /** Aborting this signal removes the card and ends the attempts to connect. */
  readonly signal: AbortSignal;
  /** Called when the reader has accepted the card. */
  readonly onInserted?: (() => void) | undefined;
  /** Called when the connection ends, or when the first attempt to connect fails. The card keeps trying. */
  readonly onRemoved?: ((reason: Error | undefined) => void) | undefined;
  /** Milliseconds between two attempts. Default 1,000. */
  readonly interval?: number | undefined;
}

/**
 * Inserts a card into a reader of vpcd (vsmartcard), so that PC/SC programs see it. As long as vpcd is not running,
 * the card keeps trying to connect. Resolves when `signal` is aborted.
 */
export async function insertIntoVpcd(card: ApduCard, options: VpcdOptions): Promise<void> {
  const { signal, onRemoved, interval = 1_000 } = options;
  let isToldOfRemoval = false;
  while (!signal.aborted) {
    const { wasInserted, reason } = await oneInsertion(card, options);
    if (signal.aborted) return;
    if (wasInserted || !isToldOfRemoval) onRemoved?.(reason);
    isToldOfRemoval = true;
    await pause(interval, undefined, { signal }).catch(() => undefined);
  }
}

/** Connects, and serves the card until the connection ends. */
function oneInsertion(
  card: ApduCard,
  { host, port, signal, onInserted }: VpcdOptions,
): Promise<{ wasInserted: boolean; reason: Error | undefined }> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    let wasInserted = false;
    let reason: Error | undefined;
    const stop = (): void => void socket.destroy();
    signal.addEventListener('abort', stop, { once: true });
    socket.on('connect', () => {
      wasInserted = true;
      answerFrames(socket, card);
      onInserted?.();
    });
    socket.on('error', (error) => (reason = error));
    socket.on('close', () => {
      signal.removeEventListener('abort', stop);
      resolve({ wasInserted, reason });
    });
  });
}
