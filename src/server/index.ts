export { resolveConfig, type Config, type ResolvedConfig, type SettingSource } from './config.js';
export { answerIn, requestOf } from './control-call.js';
export type { ControlAnswer, ControlCall, ControlCalls } from './control-call.js';
export { isLoopback } from './foreign-request.js';
export { ListenError } from './listen.js';
export { createLog } from './log.js';
export { ConfigError, flagOf, settings, type Setting, type SettingName } from './settings.js';
export { startServer, type RunningServer, type ServerOverrides } from './start.js';
