/** Replays what was recorded: whether a server of this build still answers as the recorded one did. */
export { ReplayFileError } from './errors.js';
export { maxOctets, readRecording, type Recording } from './read-file.js';
export { replay, replayRecording, type ReplayOptions } from './replay.js';
export type { Difference, ReplayedExchange, ReplayOutcome, ReplayReport } from './report.js';
