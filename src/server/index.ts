export { resolveConfig, type Config, type ResolvedConfig, type SettingSource } from './config.js';
export { deviceListener } from './device-listener.js';
export { answerIn, requestOf } from './in-process.js';
export type { ControlAnswer, ControlCall, ControlCalls } from './in-process.js';
export { isLoopback } from './foreign-request.js';
export { ListenError } from './listen.js';
export { createLog } from './log.js';
export { ConfigError, flagOf, settings, type Setting, type SettingName } from './settings.js';
export type { RunningServer, ServerOverrides } from './running-server.js';
export {
  filesOf,
  isPath,
  readSeedSource,
  shippedSeeds,
  UnknownSeedError,
  type SeedSource,
} from './seeds/index.js';
export { startServer } from './start.js';
export { WorkerProcesses, refuseSingleProcessSettings } from './workers/index.js';
export { isWorker, runWorker } from './workers/worker.js';
