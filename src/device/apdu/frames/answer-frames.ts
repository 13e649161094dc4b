import type { Socket } from 'node:net';
import type { ApduCard } from '../apdu-card.js';
import { frame, FrameReader } from './frames.js';

/** Payloads of one octet control the power of the card, as vpcd defines them. */
const Control = { powerOff: 0, powerOn: 1, reset: 2, atr: 4 } as const;

/**
 * How long the rest of a frame may take, in milliseconds. The frames of a program on the same machine arrive at once.
 */
const defaultFrameTimeout = 10_000;

/**
 * Answers the frames of vpcd on a connection. A payload of one octet switches the power without an answer (00 off, 01
 * on, 02 reset), or asks for the ATR (04). Other payloads are command APDUs. When the connection closes, the card loses
 * its power. If the card simulates a power failure, the connection is closed.
 *
 * If the rest of a frame does not arrive in time, the connection is closed too. Otherwise one broken program would keep
 * the card from all other programs.
 *
 * @param frameTimeout how long the rest of a frame may take, in milliseconds
 */
export function answerFrames(socket: Socket, card: ApduCard, frameTimeout = defaultFrameTimeout): void {
  const reader = new FrameReader();
  let deadline: NodeJS.Timeout | undefined;
  card.reset();
  socket.setNoDelay(true);
  socket.on('data', (octets: Buffer) => {
    for (const payload of reader.push(octets)) {
      const answer = payload.length === 1 ? control(payload[0]!, card) : card.transmit(payload);
      if (answer?.length === 0) return void socket.destroy();
      if (answer && socket.writable) socket.write(frame(answer));
    }
    clearTimeout(deadline);
    if (reader.isPartial) deadline = setTimeout(() => socket.destroy(), frameTimeout);
  });
  socket.on('close', () => {
    clearTimeout(deadline);
    card.reset();
  });
}

function control(code: number, card: ApduCard): Buffer | undefined {
  if (code === Control.atr) return card.atr;
  if (code === Control.powerOff || code === Control.powerOn || code === Control.reset) card.reset();
  return undefined;
}
