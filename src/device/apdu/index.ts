/**
 * The virtual eUICC as a card for other LPAs. {@link ApduCard} answers APDUs. {@link runWithCard} connects it to lpac's
 * stdio driver, {@link insertIntoVpcd} puts it into a virtual PC/SC reader, {@link offerOnTcp} offers it on a TCP port.
 */
export { ApduCard, type ApduCardOptions } from './apdu-card.js';
export { defaultVpcd, insertIntoVpcd, type VpcdOptions } from './frames/vpcd.js';
export { offerOnTcp, type TcpCard, type TcpCardOptions } from './frames/tcp.js';
export { HttpRelay, type HttpRelayOptions } from './lpac/http-relay.js';
export { runWithCard, type ApduDriver, type ProgramEnd, type ProgramOptions } from './lpac/run-program.js';
export { offerOverPcsc, type PcscService } from './pcsc/service.js';
export { StatusWord } from './status-words.js';
