export * from './batches.js';
export * from './callbacks.js';
export * from './errors.js';
export * from './event-records.js';
export * from './open.js';
export * from './pools.js';
export * from './records.js';
export * from './store.js';
