/** Exchanges as a file, for bug reports, for reading and for replay. */
export { ExchangeFile, exportFormat, FirstExchangeFile, firstFormat, RecordedExchange } from './file.js';
export { type BindingRecord, type WaitingEvent } from './found-record.js';
export { fromHex, fromHexOrNull, withheld } from './members.js';
export type { OrderRecord } from './order-record.js';
export { ReplayRecord, replayRecord } from './replay-record.js';
export { surroundingsOf, type RecordedSurroundings } from './surroundings.js';
export type { TypeRecord } from './type-record.js';
export { Difference, ReplayedExchange, ReplayOutcome, ReplayReport } from './report.js';
