/** Replays recorded exchanges, and compares the answers of this build with the recorded answers. */
export { ReplayFileError } from './errors.js';
export { maxOctets, readRecording, type Recording } from './read-file.js';
export { replay, replayRecording, type ReplayOptions } from './replay.js';
export type { Difference, ReplayedExchange, ReplayOutcome, ReplayReport } from './report.js';
