/** Replays recorded exchanges, to see whether a server of this build still gives the same answers. */
export { ReplayFileError } from './errors.js';
export { maxOctets, readRecording, type Recording } from './read-file.js';
export { replay, replayRecording, type ReplayOptions } from './replay.js';
export type { Difference, ReplayedExchange, ReplayOutcome, ReplayReport } from './report.js';
