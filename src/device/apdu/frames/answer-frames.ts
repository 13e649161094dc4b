import type { Socket } from 'node:net';
import type { ApduCard } from '../apdu-card.js';
import { frame, FrameReader } from './frames.js';

/** Payloads of one octet control the power of the card, as vpcd defines them. */
const Control = { powerOff: 0, powerOn: 1, reset: 2, atr: 4 } as const;

/**
 * How long to wait for the program, in milliseconds. The frames of a program on the same machine arrive at once.
 */
const defaultFrameTimeout = 10_000;

/**
 * Answers the frames of vpcd on a connection. A payload of one octet switches the power without an answer (00 off, 01
 * on, 02 reset), or asks for the ATR (04). Other payloads are command APDUs. When the connection closes, the card loses
 * its power. If the card simulates a power failure, the connection is closed.
 *
 * While the program does not take its answers, the card reads no further commands, so that answers do not pile up in memory.
 *
 * If the program does not take its answers in time, or the rest of a frame does not arrive in time, the connection is
 * closed too. Otherwise one broken program would keep the card from all other programs.
 *
 * @param frameTimeout how long the rest of a frame may take, or the program to take its answers, in milliseconds
 */
export function answerFrames(socket: Socket, card: ApduCard, frameTimeout = defaultFrameTimeout): void {
  const reader = new FrameReader();
  let deadline: NodeJS.Timeout | undefined;
  const waitForProgram = (): void => {
    clearTimeout(deadline);
    if (reader.isPartial || socket.isPaused()) deadline = setTimeout(() => socket.destroy(), frameTimeout);
  };
  card.reset();
  socket.setNoDelay(true);
  socket.on('data', (octets: Buffer) => {
    for (const payload of reader.push(octets)) {
      const answer = payload.length === 1 ? control(payload[0]!, card) : card.transmit(payload);
      if (answer?.length === 0) return void socket.destroy();
      if (answer && socket.writable) socket.write(frame(answer));
    }
    if (socket.writableNeedDrain) socket.pause();
    waitForProgram();
  });
  socket.on('drain', () => {
    socket.resume();
    waitForProgram();
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
