import type { ApduCard } from '../apdu-card.js';
import { apduAnswer } from './messages.js';

const failed = -1;
const isOk = (response: Buffer): boolean => {
  const sw1 = response.at(-2);
  return sw1 === 0x90 || sw1 === 0x61;
};

/** Calls a function of lpac's APDU driver, and returns the answer line. */
export function callCard(card: ApduCard, func: string, param: string | undefined): string {
  const octets = Buffer.from(param ?? '', 'hex');
  switch (func) {
    case 'connect':
    case 'disconnect':
      card.reset();
      return apduAnswer(0);
    case 'logic_channel_open':
      return apduAnswer(openChannel(card, octets));
    case 'logic_channel_close':
      return apduAnswer(closeChannel(card, octets[0] ?? 0));
    case 'transmit':
      return transmit(card, octets);
    default:
      return apduAnswer(failed);
  }
}

/** Transmits a command to the card. Fails if the card returns no response because its power has failed. */
function transmit(card: ApduCard, command: Buffer): string {
  const response = card.transmit(command);
  return response.length === 0 ? apduAnswer(failed) : apduAnswer(0, response);
}

/** Opens a logical channel and selects an application on it. Returns the number of the channel, or -1. */
function openChannel(card: ApduCard, aid: Buffer): number {
  const opened = card.transmit(Buffer.from('0070000001', 'hex'));
  const [channel] = opened;
  if (!isOk(opened) || channel === undefined) return failed;
  const cla = channel < 4 ? channel : 0x40 | (channel - 4);
  const selected = card.transmit(Buffer.concat([Buffer.of(cla, 0xa4, 0x04, 0x00, aid.length), aid]));
  if (isOk(selected)) return channel;
  closeChannel(card, channel);
  return failed;
}

const closeChannel = (card: ApduCard, channel: number): number =>
  isOk(card.transmit(Buffer.of(0x00, 0x70, 0x80, channel, 0x00))) ? 0 : failed;
