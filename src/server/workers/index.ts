export { WorkerProcesses } from './worker-processes.js';
export type { MetricsOfProcess } from './messages.js';
export { refuseSingleProcessCalls, refuseSingleProcessSettings } from './single-process.js';
