/** Reports and explains connections and requests that reach a listener but no function. */
export { answerUnknownPaths } from './unknown-path.js';
export { Unserved } from './unserved.js';
export { watchConnections } from './watch-connections.js';
