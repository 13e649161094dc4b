/** What reaches a listener and comes to nothing: told, and explained. */
export { answerUnknownPaths } from './unknown-path.js';
export { Unserved } from './unserved.js';
export { watchConnections } from './watch-connections.js';
