export type { Difference, ReplayedExchange, ReplayOutcome, ReplayReport } from '../api/recording/index.js';
